//! The five originals, which are not part of the repository: as documents they answer no worse, and their advertising is
//! gone.

use std::fs;

use yuanwen::answer::Options;
use yuanwen::evaluation::{Asking, Figures, evaluate, figures, read_set};
use yuanwen::generation::Generation;
use yuanwen::import::{Written, write};

use super::imported;
use crate::program::shared;

#[test]
fn the_originals_answer_as_well_as_documents() {
    let (Some(seeds), Some(sets)) = (shared("seeds"), shared("eval")) else { return };
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(&seeds).unwrap() {
        // The set names documents by how their paths begin, and the names of the files stay.
        let imported = imported(&entry.unwrap().path()).unwrap();
        assert_eq!(write(folder.path(), &imported.file, &imported.markdown, false).unwrap(), Written::New);
    }
    let tail = ["13391219793", "400 0123", "小米", "旦迪", "宣城", "售楼", "本文链接", "二维码", "扫一扫", "招商热线"];
    for entry in fs::read_dir(folder.path()).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for word in tail {
            assert!(!text.contains(word), "{word} is there");
        }
    }
    let set = read_set(&sets.join("parks-dev.jsonl")).unwrap();
    let measured = |knowledge: &std::path::Path| -> Figures {
        let generation = Generation::read(knowledge).unwrap();
        let asking = Asking { options: Options::default(), ..Asking::default() };
        let judgements = evaluate(&generation.knowledge, &set, &asking, || ()).unwrap();
        figures(&judgements.iter().collect::<Vec<_>>())
    };
    let (before, after) = (measured(&seeds), measured(folder.path()));
    for (name, before, after) in [
        ("excerpt1", before.excerpt1.value(), after.excerpt1.value()),
        ("excerpt3", before.excerpt3.value(), after.excerpt3.value()),
        ("document1", before.document.value(), after.document.value()),
    ] {
        assert!(after >= before, "{name} falls from {before:.4} to {after:.4}");
    }
}
