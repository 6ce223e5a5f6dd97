// The icons of Serasi, by the name templates use: {% icon "home" %}. All from Tabler Icons (MIT), outline.
// `serasi` is our own mark and stands in this folder.
export const icons = [
  "alert-circle", "alert-triangle", "arrow-back-up", "arrow-left", "arrow-right", "arrows-exchange", "bed", "bed-flat", "bed-off", "bell", "briefcase", "building-community", "building-hospital",
  "calendar", "camera", "chart-bar", "check", "checklist", "chevron-down", "chevron-left", "chevron-right", "chevron-up", "circle-check",
  "clipboard-text", "clock", "coin", "device-tv", "dots", "download", "edit", "eye", "eye-off", "file-text", "filter", "flag", "folder", "heart-handshake",
  "help-circle", "history", "home", "id", "info-circle", "language", "lock", "logout", "map-pin", "menu-2", "message", "note",
  "paperclip", "phone", "photo", "plus", "printer", "refresh", "report-analytics", "school", "search", "settings",
  "shield-lock", "speakerphone", "star", "stethoscope", "tools", "trash", "upload", "user", "users", "walk", "wifi-off", "x",
];
