//! `words.toml` as a text that people keep by hand: something is added to it or taken out, and every other comment and
//! line stays where it was. Reads no files.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::analysis::script::folded;
use crate::analysis::words::{Words, read_words};

/// The longest word that is taken, in characters.
const MAX_WORD_CHARS: usize = 32;
/// Words that are taken at once.
const MAX_WORDS: usize = 8;

/// A park and what it is called, in `words.toml` or in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Called {
    /// Its name, as answers show it.
    pub(super) name: String,
    /// Everything else that it is called.
    pub(super) aliases: Vec<String>,
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Added {
    /// Other names of a park.
    Aliases {
        /// The park.
        park: String,
        /// The names that are new.
        names: Vec<String>,
    },
    /// A group of words that mean the same, whole.
    Same(Vec<String>),
    /// Nothing: it stood there already.
    Nothing,
}

/// Why nothing was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is not `word = word`.
    Usage,
    /// A word is too long, or holds what no word does.
    Word(String),
    /// The words are names of several parks.
    SeveralParks(Vec<String>),
    /// The words stand in several groups.
    SeveralGroups,
    /// What is to be removed stands nowhere.
    Unknown,
    /// The file cannot be understood; it must be mended by hand first.
    File(String),
}

/// What an operator typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// Words that mean the same: `一 = 二 = 三`.
    Add(Vec<String>),
    /// A word that means nothing special any more: `一 =`.
    Remove(String),
}

/// Reads `一 = 二 = 三` or `一 =`; the sign may be the wide one.
pub(super) fn parse(text: &str) -> Result<Typed, Refused> {
    let removed = text.trim().strip_suffix(['=', '＝']).filter(|word| !word.contains(['=', '＝']));
    if let Some(word) = removed.map(str::trim).filter(|word| !word.is_empty()) {
        return Ok(Typed::Remove(word.to_owned()));
    }
    let mut words: Vec<String> = Vec::new();
    for word in text.split(['=', '＝']).map(str::trim) {
        if word.is_empty() {
            return Err(Refused::Usage);
        }
        let is_word = word.chars().all(|c| {
            !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        if !is_word || word.chars().count() > MAX_WORD_CHARS || !word.chars().any(char::is_alphanumeric) {
            return Err(Refused::Word(word.chars().filter(|c| !c.is_control()).take(MAX_WORD_CHARS).collect()));
        }
        if !words.iter().any(|known| folded(known) == folded(word)) {
            words.push(word.to_owned());
        }
    }
    if (2..=MAX_WORDS).contains(&words.len()) { Ok(Typed::Add(words)) } else { Err(Refused::Usage) }
}

/// Adds words that mean the same; where one of them is a park, the others become its names.
pub(super) fn add(text: &str, words: &[String], parks: &[Called]) -> Result<(String, Added), Refused> {
    let known = read_words(text).map_err(|error| Refused::File(at(error.line, &error.message)))?;
    let mut file: DocumentMut = text.parse().map_err(|error| Refused::File(format!("{error}")))?;
    let added = match named(words, &known, parks).as_slice() {
        [] => add_same(&mut file, words, &known)?,
        [park] => add_aliases(&mut file, park, words)?,
        several => return Err(Refused::SeveralParks(several.iter().map(|park| park.name.clone()).collect())),
    };
    let mut new = file.to_string();
    if text.trim().is_empty() {
        new = new.trim_start().to_owned();
    }
    read_words(&new).map_err(|error| Refused::File(at(error.line, &error.message)))?;
    Ok((new, added))
}

/// Removes a word from the synonyms and from the other names of parks. What is left of its group is returned; a group of
/// one goes with it.
pub(super) fn remove(text: &str, word: &str) -> Result<(String, Vec<String>), Refused> {
    read_words(text).map_err(|error| Refused::File(at(error.line, &error.message)))?;
    let mut file: DocumentMut = text.parse().map_err(|error| Refused::File(format!("{error}")))?;
    let (mut is_known, mut left) = (false, Vec::new());
    let mut emptied = Vec::new();
    for (place, group) in groups(&mut file).into_iter().enumerate() {
        if let Some(others) = group.and_then(|group| take(group, word)) {
            is_known = true;
            if others.len() < 2 {
                emptied.push(place);
            } else {
                left = others;
            }
        }
    }
    for place in emptied.into_iter().rev() {
        match file.get_mut("same") {
            Some(Item::ArrayOfTables(tables)) => drop(tables.remove(place)),
            Some(item) => drop(item.as_array_mut().map(|lists| lists.remove(place))),
            None => {}
        }
    }
    let parks = file.get_mut("park").and_then(Item::as_array_of_tables_mut);
    for park in parks.into_iter().flat_map(|parks| parks.iter_mut()) {
        let aliases = park.get_mut("aliases").and_then(Item::as_array_mut);
        is_known |= aliases.and_then(|aliases| take(aliases, word)).is_some();
    }
    if is_known { Ok((file.to_string(), left)) } else { Err(Refused::Unknown) }
}

/// The lists of synonyms, in both forms of the file: `same = [["一", "二"]]` and `[[same]] words = ["一", "二"]`.
fn groups(file: &mut DocumentMut) -> Vec<Option<&mut Array>> {
    match file.get_mut("same") {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter_mut().map(|table| table.get_mut("words").and_then(Item::as_array_mut)).collect()
        }
        Some(item) => item.as_array_mut().map_or_else(Vec::new, |lists| lists.iter_mut().map(list_of).collect()),
        None => Vec::new(),
    }
}

fn list_of(group: &mut toml_edit::Value) -> Option<&mut Array> {
    match group {
        toml_edit::Value::Array(list) => Some(list),
        toml_edit::Value::InlineTable(table) => table.get_mut("words").and_then(|words| words.as_array_mut()),
        _ => None,
    }
}

/// Takes a word out of a list that holds it, and returns the others.
fn take(list: &mut Array, word: &str) -> Option<Vec<String>> {
    let of = |value: &toml_edit::Value| value.as_str().map(str::to_owned);
    let place = list.iter().position(|value| of(value).is_some_and(|other| folded(&other) == folded(word)))?;
    let removed = list.remove(place);
    if let (0, Some(prefix), Some(first)) = (place, removed.decor().prefix(), list.get_mut(0)) {
        first.decor_mut().set_prefix(prefix.clone());
    }
    Some(list.iter().filter_map(of).collect())
}

fn at(line: Option<usize>, message: &str) -> String {
    line.map_or_else(|| message.to_owned(), |line| format!("{line}: {message}"))
}

/// The parks that are among the words.
fn named(words: &[String], known: &Words, parks: &[Called]) -> Vec<Called> {
    let of_file = known.park.iter().map(|park| Called { name: park.name.clone(), aliases: park.aliases.clone() });
    let mut named: Vec<Called> = Vec::new();
    for park in of_file.chain(parks.iter().cloned()) {
        let bears = |word: &String| {
            let word = folded(word);
            std::iter::once(&park.name).chain(&park.aliases).any(|name| folded(name) == word)
        };
        if words.iter().any(bears) {
            match named.iter_mut().find(|other| folded(&other.name) == folded(&park.name)) {
                Some(other) => other.aliases.extend(park.aliases),
                None => named.push(park),
            }
        }
    }
    named
}

fn add_aliases(file: &mut DocumentMut, park: &Called, words: &[String]) -> Result<Added, Refused> {
    let is_known = |word: &&String| {
        let word = folded(word);
        std::iter::once(&park.name).chain(&park.aliases).any(|name| folded(name) == word)
    };
    let names: Vec<String> = words.iter().filter(|word| !is_known(word)).cloned().collect();
    if names.is_empty() {
        return Ok(Added::Nothing);
    }
    let is_park =
        |table: &Table| table.get("name").and_then(Item::as_str).is_some_and(|name| folded(name) == folded(&park.name));
    let tables = tables(file, "park")?;
    let known = tables.iter().position(is_park);
    let place = known.unwrap_or_else(|| {
        let mut table = new_table();
        table.insert("name", value(park.name.as_str()));
        tables.push(table);
        tables.len() - 1
    });
    let table = tables.get_mut(place).ok_or_else(|| not_a_list("park"))?;
    let aliases = table.entry("aliases").or_insert_with(|| value(Array::new()));
    let aliases = aliases.as_array_mut().ok_or_else(|| not_a_list("aliases"))?;
    append(aliases, &names);
    Ok(Added::Aliases { park: park.name.clone(), names })
}

fn add_same(file: &mut DocumentMut, words: &[String], known: &Words) -> Result<Added, Refused> {
    let holds = |group: &[String], word: &String| group.iter().any(|other| folded(other) == folded(word));
    let groups: Vec<usize> = (known.same.iter().enumerate())
        .filter(|(_, group)| words.iter().any(|word| holds(group.words(), word)))
        .map(|(place, _)| place)
        .collect();
    let (group, fresh) = match groups.as_slice() {
        [] => (None, words.to_vec()),
        [place] => {
            let group = known.same[*place].words();
            (Some(*place), words.iter().filter(|word| !holds(group, word)).cloned().collect())
        }
        _ => return Err(Refused::SeveralGroups),
    };
    if fresh.is_empty() {
        return Ok(Added::Nothing);
    }
    let mut whole = group.map_or_else(Vec::new, |place| known.same[place].words().to_vec());
    whole.extend(fresh.iter().cloned());
    // Both forms of the file: `same = [["一", "二"]]` and `[[same]] words = ["一", "二"]`.
    if let Some(lists) = file.get_mut("same").and_then(Item::as_array_mut) {
        match group {
            Some(place) => {
                let list = lists.get_mut(place).and_then(list_of).ok_or_else(|| not_a_list("same"))?;
                append(list, &fresh);
            }
            None => lists.push(words.iter().map(String::as_str).collect::<Array>()),
        }
        return Ok(Added::Same(whole));
    }
    let tables = tables(file, "same")?;
    if let Some(table) = group.and_then(|place| tables.get_mut(place)) {
        let list = table.get_mut("words").and_then(Item::as_array_mut).ok_or_else(|| not_a_list("same"))?;
        append(list, &fresh);
    } else {
        let mut table = new_table();
        table.insert("words", value(words.iter().map(String::as_str).collect::<Array>()));
        tables.push(table);
    }
    Ok(Added::Same(whole))
}

/// The tables `[[name]]`, which are begun where there are none.
fn tables<'a>(file: &'a mut DocumentMut, name: &str) -> Result<&'a mut ArrayOfTables, Refused> {
    let item = file.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut().ok_or_else(|| Refused::File(format!("{name} is not written as [[{name}]]")))
}

fn not_a_list(name: &str) -> Refused {
    Refused::File(format!("{name} is no list"))
}

/// A table with an empty line before it.
fn new_table() -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table
}

/// Adds words to a list, on lines of their own where each has one.
fn append(list: &mut Array, words: &[String]) {
    let before = list.iter().last().and_then(|last| last.decor().prefix()?.as_str()).unwrap_or_default();
    let indent = before.rsplit_once('\n').map(|(_, indent)| indent.to_owned());
    for word in words {
        // A comment behind the last word stays there.
        let trailing = list.trailing().as_str().unwrap_or_default().to_owned();
        list.push(word);
        let (Some(indent), Some(last)) = (&indent, list.iter_mut().last()) else { continue };
        let comment = if trailing.contains('#') { trailing.trim_end() } else { "" };
        last.decor_mut().set_prefix(format!("{comment}\n{indent}"));
        if !comment.is_empty() {
            list.set_trailing("\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# 园区\n[[park]]\nname = \"云帆港\" # 港\naliases = [\"云帆\"]\n\n# 同义\n[[same]]\nwords = [\n  \"芯片\", # 常用\n  \"晶片\", # 台湾\n]\n\n[stop]\nphrases = [\"请问\"]\n";

    fn words(text: &str) -> Vec<String> {
        match parse(text).unwrap() {
            Typed::Add(words) => words,
            Typed::Remove(word) => panic!("{word} is to be removed"),
        }
    }

    #[track_caller]
    fn added(text: &str, what: &str) -> (String, Added) {
        let parks = [Called { name: "青禾谷".to_owned(), aliases: vec!["青禾".to_owned()] }];
        add(text, &words(what), &parks).unwrap()
    }

    #[test]
    fn comments_and_order_stay() {
        let (new, what) = added(FILE, "集成电路 = 芯片");
        assert_eq!(what, Added::Same(words("芯片=晶片=集成电路")));
        insta::assert_snapshot!(new, @r#"
        # 园区
        [[park]]
        name = "云帆港" # 港
        aliases = ["云帆"]

        # 同义
        [[same]]
        words = [
          "芯片", # 常用
          "晶片", # 台湾
          "集成电路",
        ]

        [stop]
        phrases = ["请问"]
        "#);
        let (new, what) = added(&new, "停车位＝车位");
        assert_eq!(what, Added::Same(words("停车位=车位")));
        let (new, what) = added(&new, "云帆湾 = 云帆");
        assert_eq!(what, Added::Aliases { park: "云帆港".to_owned(), names: vec!["云帆湾".to_owned()] });
        let (new, what) = added(&new, "青禾 = 青谷 = 禾谷");
        assert_eq!(what, Added::Aliases { park: "青禾谷".to_owned(), names: words("青谷=禾谷") });
        insta::assert_snapshot!(new, @r#"
        # 园区
        [[park]]
        name = "云帆港" # 港
        aliases = ["云帆", "云帆湾"]

        [[park]]
        name = "青禾谷"
        aliases = ["青谷", "禾谷"]

        # 同义
        [[same]]
        words = [
          "芯片", # 常用
          "晶片", # 台湾
          "集成电路",
        ]

        [[same]]
        words = ["停车位", "车位"]

        [stop]
        phrases = ["请问"]
        "#);
        assert_eq!(added(&new, "車位 = 停车位"), (new.clone(), Added::Nothing));
        assert_eq!(added(&new, "雲帆灣 = 云帆港"), (new.clone(), Added::Nothing));
    }

    #[test]
    fn a_file_is_begun_and_the_short_form_is_kept() {
        assert_eq!(added("", "甲地 = 乙地").0, "[[same]]\nwords = [\"甲地\", \"乙地\"]\n");
        assert_eq!(
            added("same = [[\"甲地\", \"乙地\"]]\n", "丙地 = 乙地").0,
            "same = [[\"甲地\", \"乙地\", \"丙地\"]]\n"
        );
        assert_eq!(added("same = [[\"甲地\"]]\n", "丙地 = 丁地").0, "same = [[\"甲地\"], [\"丙地\", \"丁地\"]]\n");
    }

    #[test]
    fn what_is_no_pair_of_words_is_refused() {
        for text in ["", "一", "=", "= 二", "一 = 二 =", "一 = 一", "1=2=3=4=5=6=7=8=9"] {
            assert_eq!(parse(text), Err(Refused::Usage), "{text}");
        }
        for text in ["一 = a\nb".to_owned(), format!("一 = {}", "长".repeat(40)), "一 = 「」".to_owned()] {
            assert!(matches!(parse(&text), Err(Refused::Word(_))), "{text}");
        }
        let quoted = words("一\"二 = 三]]\\");
        assert!(add("", &quoted, &[]).is_ok_and(|(new, _)| read_words(&new).unwrap().same[0].words() == quoted));
    }

    #[test]
    fn what_contradicts_the_file_is_refused() {
        let two = "same = [[\"甲地\", \"乙地\"], [\"丙地\", \"丁地\"]]\n[[park]]\nname = \"一园\"\n[[park]]\nname = \"二园\"\n";
        assert_eq!(add(two, &words("甲地=丙地"), &[]), Err(Refused::SeveralGroups));
        assert_eq!(add(two, &words("一园=二园"), &[]), Err(Refused::SeveralParks(words("一园=二园"))));
        assert!(matches!(add("same = [", &words("甲地=丙地"), &[]), Err(Refused::File(_))));
    }

    #[test]
    fn a_word_is_taken_out_and_the_rest_stays() {
        assert_eq!(parse("晶片 ＝ "), Ok(Typed::Remove("晶片".to_owned())));
        let (new, left) = remove(&added(FILE, "集成电路 = 芯片").0, "芯片").unwrap();
        assert_eq!(
            (left, read_words(&new).unwrap().same[0].words()),
            (words("晶片=集成电路"), &words("晶片=集成电路")[..])
        );
        assert!(new.contains("# 台湾") && new.contains("name = \"云帆港\" # 港"), "{new}");
        let (new, left) = remove(FILE, "晶片").unwrap();
        assert!(left.is_empty() && read_words(&new).unwrap().same.is_empty(), "{new}");
        let (new, _) = remove(FILE, "雲帆").unwrap();
        assert_eq!(read_words(&new).unwrap().park[0].aliases, [""; 0]);
        let short = "same = [[\"甲地\", \"乙地\"], [\"丙地\", \"丁地\", \"戊地\"]]\n";
        assert_eq!(read_words(&remove(short, "乙地").unwrap().0).unwrap().same[0].words(), words("丙地=丁地=戊地"));
        assert_eq!(remove(short, "丙地").unwrap().0, "same = [[\"甲地\", \"乙地\"], [\"丁地\", \"戊地\"]]\n");
        assert_eq!(remove(FILE, "请问"), Err(Refused::Unknown));
        assert!(matches!(remove("same = [", "甲地"), Err(Refused::File(_))));
    }
}
