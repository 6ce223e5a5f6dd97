"""How the Indonesian codes of the reference files and the English codes of our own states meet."""

from types import MappingProxyType
from typing import Final

from serasi.cases.enums import Confidentiality, Domain, Urgency

URGENCY_OF: Final = MappingProxyType(
    {"darurat": Urgency.EMERGENCY, "segera": Urgency.URGENT, "biasa": Urgency.ORDINARY}
)
URGENCY_CODE: Final = MappingProxyType({state: code for code, state in URGENCY_OF.items()})

CONFIDENTIALITY_OF: Final = MappingProxyType(
    {
        "ordinary": Confidentiality.ORDINARY,
        "restricted": Confidentiality.RESTRICTED,
        "sppa_child": Confidentiality.SPPA,
        "sealed": Confidentiality.SEALED,
    }
)

DOMAIN_OF: Final = MappingProxyType(
    {
        "biologis": Domain.BIOLOGICAL,
        "psikologis": Domain.PSYCHOLOGICAL,
        "sosial": Domain.SOCIAL,
        "spiritual": Domain.SPIRITUAL,
        "ekonomi": Domain.ECONOMIC,
        "keluarga": Domain.FAMILY,
        "minat_bakat": Domain.INTERESTS,
    }
)
DOMAIN_CODE: Final = MappingProxyType({domain: code for code, domain in DOMAIN_OF.items()})
