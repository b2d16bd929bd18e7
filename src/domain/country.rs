//! Countries.

use crate::domain::text::normalize;

/// The officially assigned codes of ISO 3166-1 alpha-2, separated by spaces.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Returns whether a text is the code of a country: an officially assigned code of ISO 3166-1 alpha-2, in capital letters.
pub fn is_country(code: &str) -> bool {
    COUNTRIES.split(' ').any(|country| country == code)
}

/// Names of countries in English and Chinese, normalized, and their codes.
const NAMES: [(&str, &str); 80] = [
    ("united states of america", "US"),
    ("united states", "US"),
    ("usa", "US"),
    ("u.s.", "US"),
    ("美国", "US"),
    ("china", "CN"),
    ("people's republic of china", "CN"),
    ("中国", "CN"),
    ("hong kong", "HK"),
    ("香港", "HK"),
    ("taiwan", "TW"),
    ("台湾", "TW"),
    ("japan", "JP"),
    ("日本", "JP"),
    ("korea (republic of)", "KR"),
    ("south korea", "KR"),
    ("republic of korea", "KR"),
    ("korea", "KR"),
    ("韩国", "KR"),
    ("singapore", "SG"),
    ("新加坡", "SG"),
    ("india", "IN"),
    ("印度", "IN"),
    ("israel", "IL"),
    ("以色列", "IL"),
    ("united arab emirates", "AE"),
    ("uae", "AE"),
    ("阿联酋", "AE"),
    ("saudi arabia", "SA"),
    ("沙特", "SA"),
    ("qatar", "QA"),
    ("turkey", "TR"),
    ("türkiye", "TR"),
    ("russia", "RU"),
    ("russian federation", "RU"),
    ("俄罗斯", "RU"),
    ("united kingdom", "GB"),
    ("united kingdom of great britain and northern ireland", "GB"),
    ("uk", "GB"),
    ("england", "GB"),
    ("英国", "GB"),
    ("ireland", "IE"),
    ("france", "FR"),
    ("法国", "FR"),
    ("germany", "DE"),
    ("德国", "DE"),
    ("switzerland", "CH"),
    ("瑞士", "CH"),
    ("austria", "AT"),
    ("italy", "IT"),
    ("意大利", "IT"),
    ("spain", "ES"),
    ("西班牙", "ES"),
    ("portugal", "PT"),
    ("netherlands", "NL"),
    ("belgium", "BE"),
    ("sweden", "SE"),
    ("norway", "NO"),
    ("denmark", "DK"),
    ("finland", "FI"),
    ("芬兰", "FI"),
    ("poland", "PL"),
    ("czechia", "CZ"),
    ("greece", "GR"),
    ("bulgaria", "BG"),
    ("ukraine", "UA"),
    ("canada", "CA"),
    ("加拿大", "CA"),
    ("mexico", "MX"),
    ("brazil", "BR"),
    ("chile", "CL"),
    ("australia", "AU"),
    ("澳大利亚", "AU"),
    ("new zealand", "NZ"),
    ("vietnam", "VN"),
    ("indonesia", "ID"),
    ("thailand", "TH"),
    ("malaysia", "MY"),
    ("hungary", "HU"),
    ("lebanon", "LB"),
];

/// Returns the code of a country by its name or code. `None` if it is not known.
pub fn code_of(name: &str) -> Option<&'static str> {
    let code = COUNTRIES.split(' ').find(|code| *code == name);
    code.or_else(|| NAMES.iter().find(|(known, _)| *known == normalize(name)).map(|(_, code)| *code))
}
