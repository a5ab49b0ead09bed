//! How the question was read.

use std::io::{self, Write};

use super::typed;
use crate::analysis::terms::Kind;
use crate::answer::{Knowledge, Question, Reading};

/// Writes what was recognised, cut out, asked for and looked for.
pub(super) fn write(
    out: &mut impl Write,
    question: &Question,
    reading: &Reading,
    knowledge: &Knowledge,
) -> io::Result<()> {
    writeln!(out, "question    {}", question.text())?;
    let cut: String = reading.chars.iter().map(|&c| if c == '\n' { '·' } else { c }).collect();
    writeln!(out, "read        {cut}")?;
    parks(out, reading, knowledge)?;
    let kind = reading.asked.kind.map_or("nothing in particular", |kind| kind.name);
    let unit = reading.asked.unit.as_ref().map_or_else(String::new, |unit| format!(", counted in {unit}"));
    let facets = reading.facet_names();
    let facets = if facets.is_empty() { String::new() } else { format!(", facets {}", facets.join(", ")) };
    writeln!(out, "asked       {kind}{unit}{facets}")?;
    for key in &reading.keys {
        let find: Vec<String> = key.find.iter().map(|word| word.iter().collect()).collect();
        let typed = typed(question, &key.range);
        let by = if key.spelled { "by its letters" } else { "by the vocabulary" };
        writeln!(out, "key         {typed} → {} ({by})", find.join(" | "))?;
    }
    for (kind, name) in Kind::ALL.iter().zip(["un", "bi", "wd"]) {
        let tokens = reading.tokens.iter().filter(|token| token.kind == *kind);
        let shown = tokens.map(|token| {
            let text: String = token.chars.iter().collect();
            format!("{text} {:.2}{}", token.idf, if token.key.is_some() { "*" } else { "" })
        });
        writeln!(out, "tokens {name}   {}", shown.collect::<Vec<_>>().join("  "))?;
    }
    Ok(())
}

fn parks(out: &mut impl Write, reading: &Reading, knowledge: &Knowledge) -> io::Result<()> {
    let name = |park: usize| knowledge.parks.all.get(park).map_or("?", |park| park.name.as_str());
    if reading.parks.is_empty() {
        return writeln!(out, "parks       none recognised, all documents are searched");
    }
    for named in &reading.named {
        let how = if named.exact { "exactly" } else { "repaired" };
        writeln!(out, "park        {} by “{}”, {how}", name(named.park), named.alias)?;
    }
    if reading.named.is_empty() {
        let carried: Vec<&str> = reading.parks.iter().map(|&park| name(park)).collect();
        writeln!(out, "park        {}, from before", carried.join(", "))?;
    }
    Ok(())
}
