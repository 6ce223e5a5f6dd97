"""The components of Serasi's pages. `/galeri/` shows each with the lines that make it.

Tags: icon, status, avatar, tile, file_link, submit, breadcrumb, page_header, notice, card, empty, more, tabs, table,
facts, timeline, timeline_item, tasks, steps, case_header, compare, confirm, pagination, filter_bar, stacked_bar,
line_chart.
Filters: tanggal, tanggal_pendek, waktu, jam, rupiah, angka, umur.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from serasi.common.components import (
    PAGE_PARAMETER,
    TONES,
    CaseHeader,
    Cell,
    Difference,
    Event,
    Fact,
    LineChart,
    Link,
    StackedBar,
    Status,
    Step,
    Tab,
    Table,
    Task,
)
from serasi.common.initials import Veil
from serasi.common.private_words import PRIVATE_WORDS, is_answered_by_part

register = template.Library()

_MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad", "debug": "neutral"}
_NOTICE_ICONS = {"good": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}


def _draw(name: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(f"common/components/{name}.html", context).strip())  # noqa: S308


def _body(content: str) -> SafeString:
    """What stood between two tags; it was escaped when it was rendered, and `strip` forgets that."""
    return mark_safe(content.strip())  # noqa: S308


def _tone(tone: str) -> str:
    tone = _MESSAGE_TONES.get(tone, tone)
    return tone if tone in TONES else "neutral"


@cache
def _sprite() -> str:
    """The address of the icons; a page has dozens of them."""
    return static("dist/icons.svg")


# --- Small things ----------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, *, label: str = "", large: bool = False) -> SafeString:
    """An icon of the sprite. Silent for screen readers unless it stands alone and has a `label`."""
    size = mark_safe(" icon-lg") if large else ""
    use = f"{_sprite()}#{name}"
    if label:
        return format_html('<svg class="icon{}" role="img" aria-label="{}"><use href="{}"/></svg>', size, label, use)
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}"/></svg>', size, use)


@register.simple_tag(name="status")
def draw_status(label: Status | str, tone: str = "neutral", icon_name: str = "") -> SafeString:
    """A state as a word in its colour: `{% status "Aktif" "good" %}` or `{% status row.status %}`."""
    if isinstance(label, Status):
        return draw_status(label.label, label.tone, label.icon)
    mark = icon(icon_name) if icon_name else ""
    return format_html('<span class="status tone-{}">{}{}</span>', _tone(tone), mark, label)


@register.simple_tag
def avatar(name: str, *, small: bool = False) -> SafeString:
    """Initials in a circle; the colour is the name's own."""
    words = [word for word in name.replace(".", " ").split() if word[0].isalnum()]
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"
    shade = crc32(name.encode()) % 5
    return format_html(
        '<span class="avatar avatar-{}{}" aria-hidden="true">{}</span>',
        shade,
        mark_safe(" avatar-sm") if small else "",
        initials,
    )


@register.simple_tag
def tile(
    count: int | str,
    label: str,
    url: str = "",
    *,
    icon: str = "",
    tone: str = "",
    hint: str = "",
) -> SafeString:
    """How many of what, as a link to the list that holds them. Stands in `<ul class="tiles">`."""
    shown = angka(count) if isinstance(count, int) else count
    tone = _tone(tone) if tone else ""
    return _draw("tile", {"count": shown, "label": label, "url": url, "icon_name": icon, "tone": tone, "hint": hint})


@register.simple_tag
def file_link(url: str, name: str, *, size: int | None = None, kind: str = "") -> SafeString:
    """A file to open, with what it is and how heavy: "PDF, 240 KB"."""
    facts = ", ".join(part for part in (kind, _weight(size)) if part)
    return format_html(
        '<a class="file" href="{}">{}<span><strong>{}</strong>{}</span></a>',
        url,
        icon("file-text"),
        name,
        format_html("<span>{}</span>", facts) if facts else "",
    )


def _weight(size: int | None) -> str:
    if size is None:
        return ""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{formats.number_format(size / 1024 / 1024, 1)} MB"


@register.simple_tag
def submit(label: str = "", *, name: str = "", value: str = "", tone: str = "primary") -> SafeString:
    """The button that sends a form; one primary button on a screen."""
    pair = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="btn btn-{}" type="submit"{}>{}</button>', tone, pair, label or gettext("Simpan"))


# --- Parts of a page -------------------------------------------------------------------------------------------------


@register.simple_tag
def breadcrumb(items: Iterable[Link | tuple[str, str]]) -> SafeString:
    """The way back; the last item is this page and has no address."""
    links = [item if isinstance(item, Link) else Link(*item) for item in items]
    return _draw("breadcrumb", {"items": links})


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", caption: str = "") -> SafeString:
    """`{% page_header title="Kasus" lead="…" %}<a class="btn">…</a>{% endpage_header %}`: title, one line, acts."""
    return _draw("page_header", {"title": title, "lead": lead, "caption": caption, "actions": _body(content)})


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A sentence that must be seen: info, good, warn, bad."""
    tone = _tone(tone)
    return format_html(
        '<div class="notice notice-{}">{}<div>{}{}</div></div>',
        tone,
        icon(_NOTICE_ICONS.get(tone, "info-circle")),
        format_html('<p class="notice-title">{}</p>', title) if title else "",
        _body(content),
    )


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, url: str = "", more: str = "") -> SafeString:
    """A sheet with a title and an optional link to more of it."""
    return _draw(
        "card",
        {
            "content": content,
            "title": title,
            "tag": f"h{level:d}",
            "url": url,
            "more": more or gettext("Lihat semua"),
        },
    )


@register.simple_block_tag
def empty(content: str, title: str, text: str = "", icon: str = "folder") -> SafeString:
    """Nothing here yet, why, and what to do about it (the content)."""
    return _draw("empty", {"title": title, "text": text, "icon_name": icon, "content": _body(content)})


@register.simple_block_tag
def more(content: str, label: str) -> SafeString:
    """What few need, behind a line that opens it."""
    return format_html(
        '<details class="more"><summary>{}{}</summary>{}</details>', icon("chevron-right"), label, content
    )


@register.simple_tag
def tabs(items: Iterable[Tab], label: str = "") -> SafeString:
    """The sections of one thing, as links."""
    return _draw("tabs", {"items": list(items), "label": label or gettext("Bagian")})


@register.simple_tag(name="cell")
def draw_cell(cell: Cell) -> SafeString:
    """What stands in one cell of a table. Drawn without a template: a page may have two hundred of them."""
    shown = draw_status(cell.status) if cell.status else conditional_escape(formats.localize(cell.text))
    if cell.url:
        shown = format_html('<a href="{}">{}</a>', cell.url, shown)
    return format_html('{}<span class="sub">{}</span>', shown, cell.sub) if cell.sub else shown


@register.simple_tag(name="table")
def draw_table(table: Table) -> SafeString:
    """A table whose rows become cards on a phone."""
    return _draw("table", {"table": table})


@register.simple_tag
def facts(items: Iterable[Fact | tuple[str, Any]]) -> SafeString:
    """Terms and values. An empty value reads "Belum diisi": a blank is never an answer."""
    return _draw("facts", {"facts": [i if isinstance(i, Fact) else Fact(*i) for i in items]})


@register.simple_tag
def timeline(events: Iterable[Event]) -> SafeString:
    """What happened, latest first. Entries with content of their own: `timeline_item` in `<ol class="timeline">`."""
    return _draw("timeline", {"events": list(events)})


@register.simple_block_tag
def timeline_item(
    content: str,
    *,
    title: str,
    at: datetime | date | None = None,
    by: str = "",
    icon: str = "note",
    tone: str = "primary",
    url: str = "",
) -> SafeString:
    """One entry of `<ol class="timeline">` with whatever stands between the tags."""
    event = Event(title=title, at=at, by=by, icon=icon, tone=_tone(tone), url=url)  # type: ignore[arg-type]
    return _draw("timeline_item", {"event": event, "body": content})


@register.simple_tag
def tasks(items: Iterable[Task]) -> SafeString:
    """What is to be done, each with its state."""
    return _draw("tasks", {"tasks": list(items)})


@register.simple_tag
def steps(items: Iterable[Step]) -> SafeString:
    """How far along a process is."""
    return _draw("steps", {"steps": list(items)})


@register.simple_tag
def case_header(header: CaseHeader) -> SafeString:
    """The head of a case file: who, where in the process, what to watch."""
    return _draw("case_header", {"header": header})


@register.simple_tag
def compare(
    rows: Sequence[Difference | tuple[str, Any, Any]],
    left: str = "",
    right: str = "",
    only_left: str = "",
    only_right: str = "",
) -> SafeString:
    """Two versions side by side; lines that differ carry a mark and a word.

    Where one side may know what the other does not, the words for it keep a gap from being taken for a difference.
    """
    differences = [row if isinstance(row, Difference) else Difference(*row) for row in rows]
    gaps = {"left": only_left, "right": only_right}
    return _draw(
        "compare",
        {
            "rows": [(row, gaps.get(row.stands_on, "")) for row in differences],
            "left": left or gettext("Isian Anda"),
            "right": right or gettext("Yang tersimpan"),
        },
    )


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    *,
    action: str,
    label: str,
    question: str,
    button: str = "",
    icon: str = "",
) -> SafeString:
    """An act that asks once more, without script: a button that opens the question and its form."""
    return _draw(
        "confirm",
        {
            "action": action,
            "label": label,
            "question": question,
            "button": button or label,
            "icon_name": icon,
            "content": content,
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: "Page[Any]", what: str = "") -> SafeString:
    """Where in a long list; the links keep every other part of the query."""
    request = context.get("request")
    left_out = {PAGE_PARAMETER, *PRIVATE_WORDS}
    kept = [(k, v) for k, values in request.GET.lists() if k not in left_out for v in values] if request else []

    def url(number: int) -> str:
        return "?" + urlencode([*kept, (PAGE_PARAMETER, number)])

    total = page.paginator.count
    summary = gettext("%(first)s–%(last)s dari %(total)s %(what)s") % {
        "first": angka(page.start_index()),
        "last": angka(page.end_index()),
        "total": angka(total),
        "what": what or ngettext("baris", "baris", total),
    }
    return _draw(
        "pagination",
        {
            "summary": summary.strip(),
            "several": page.paginator.num_pages > 1,
            "previous": url(page.number - 1) if page.has_previous() else "",
            "next": url(page.number + 1) if page.has_next() else "",
            "pages": [
                (number, url(number) if isinstance(number, int) else "", number == page.number)
                for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
            ],
        },
    )


@register.simple_tag(takes_context=True)
def filter_bar(context: Context, form: Any) -> SafeString:
    """A `FilterForm` above a list: its fields in a line, and what is chosen as removable marks."""
    request = context.get("request")
    around = {
        **form.get_context(),
        "csrf_token": context.get("csrf_token"),
        "path": request.path if request else "",
        "is_answered_by_part": request is not None and is_answered_by_part(request),
    }
    return mark_safe(str(form.render("common/forms/filter.html", around)))  # noqa: S308


@register.simple_tag
def stacked_bar(chart: StackedBar) -> SafeString:
    """Parts of a whole, drawn by the server, with the table it is drawn from."""
    return _draw("stacked_bar", {"chart": chart})


@register.simple_tag
def line_chart(chart: LineChart) -> SafeString:
    """How numbers moved, drawn by the server, with the table it is drawn from."""
    return _draw("line_chart", {"chart": chart})


# --- Dates, numbers, ages --------------------------------------------------------------------------------------------


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _clock() -> str:
    return "H:i" if (get_language() or "id").startswith("en") else "H.i"


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """3 November 2026"""
    return formats.date_format(_local(value), "j F Y") if value else ""


@register.filter
def tanggal_pendek(value: date | datetime | None) -> str:
    """3 Nov 2026"""
    return formats.date_format(_local(value), "j M Y") if value else ""


@register.filter
def waktu(value: datetime | None) -> str:
    """3 Nov 2026 09.05 WIB, in the zone of the institution."""
    return f"{tanggal_pendek(value)} {jam(value)}" if value else ""


@register.filter
def jam(value: datetime | None) -> str:
    """09.05 WIB"""
    if not value:
        return ""
    local = _local(value)
    letters = local.tzname() if isinstance(local, datetime) else None
    return f"{formats.date_format(local, _clock())} {letters or ''}".strip()


@register.filter
def angka(value: float | str | None, decimals: int | None = None) -> str:
    """1.250 in Indonesian, 1,250 in English."""
    if value is None or value == "":
        return ""
    return str(formats.number_format(value, decimals, use_l10n=True, force_grouping=True))


@register.filter
def rupiah(value: int | None) -> str:
    """Rp1.250.000; a debt is −Rp1.250.000."""
    if value is None:
        return ""
    grouped = f"{abs(value):,}".replace(",", ".")
    return f"{'−' if value < 0 else ''}Rp{grouped}"


@register.filter
def umur(birth_date: date | None, on: date | None = None) -> str:
    """An age as people say it: days, months, years with months for the young, years alone from six."""
    if birth_date is None:
        return ""
    day = on or timezone.localdate()
    if birth_date > day:
        return ""
    months = (day.year - birth_date.year) * 12 + day.month - birth_date.month - (day.day < birth_date.day)
    years, rest = divmod(months, 12)
    if months < 1:
        days = (day - birth_date).days
        return ngettext("%d hari", "%d hari", days) % days
    if years < 2:
        return ngettext("%d bulan", "%d bulan", months) % months
    in_years = ngettext("%d tahun", "%d tahun", years) % years
    if years < 6 and rest:
        return f"{in_years} {ngettext('%d bulan', '%d bulan', rest) % rest}"
    return in_years


@register.filter
def veil(value: Any, drawn: Veil) -> str:
    """A text as the reader of this file may read it: without the name that is kept back from them."""
    return drawn.over(str(value or ""))


@register.filter
def or_unknown(value: Any) -> Any:
    """A value, or the words "Belum diisi"."""
    if value is None or value == "":
        return format_html('<span class="muted">{}</span>', gettext("Belum diisi"))
    return conditional_escape(value)
