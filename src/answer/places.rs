//! Places of the world by their names: `places.toml`. Knows nothing of parks.

use std::sync::LazyLock;

use serde::Deserialize;

/// What `places.toml` holds: names, folded, with spaces between them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    china: String,
    shanghai: String,
    taiwan_and_south: String,
    elsewhere: String,
    abroad: String,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("places.toml")).expect("places.toml is tested to be valid"));

/// All of them, folded.
pub(super) static PLACES: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let File { china, shanghai, taiwan_and_south, elsewhere, abroad } = &*FILE;
    let names =
        [china, shanghai, taiwan_and_south, elsewhere, abroad].into_iter().flat_map(|names| names.split_whitespace());
    names.map(|name| name.chars().collect()).collect()
});

/// A pattern of the provinces and cities of China.
pub(super) static CHINESE: LazyLock<String> = LazyLock::new(|| pattern(&FILE.china));

/// A pattern of the countries and cities abroad.
pub(super) static ABROAD: LazyLock<String> = LazyLock::new(|| pattern(&FILE.abroad));

fn pattern(names: &str) -> String {
    format!("(?:{})", names.split_whitespace().collect::<Vec<_>>().join("|"))
}
