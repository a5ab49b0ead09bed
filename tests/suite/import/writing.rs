//! Into the folder: nothing is lost, nothing is overwritten unasked, many files at once.

use std::fs;
use std::path::Path;

use super::{original, root};
use crate::program::{Ended, run};

fn import(arguments: &[&str], to: &Path) -> Ended {
    run(&[&["import", "--to", to.to_str().unwrap()], arguments].concat(), b"")
}

#[test]
fn a_dry_run_tells_everything_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("new");
    let ended = import(&["--dry-run", original("text-gb18030.txt").to_str().unwrap()], &to);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    for line in [
        "text-gb18030.txt would become text-gb18030.md",
        "  title    青砚谷科创园服务指南",
        "1 line: advertising and contacts  招商热线：400-555-0199 王经理",
        "1 would be written to",
    ] {
        assert!(ended.out.contains(line), "{}", ended.out);
    }
    assert!(!to.exists());
}

#[test]
fn a_document_that_was_changed_is_kept_unless_forced() {
    let folder = tempfile::tempdir().unwrap();
    let file = original("text-utf8.txt");
    let arguments = [file.to_str().unwrap()];
    let document = folder.path().join("text-utf8.md");
    assert!(import(&arguments, folder.path()).out.contains("1 new"));
    let first = fs::read_to_string(&document).unwrap();
    assert!(import(&arguments, folder.path()).out.contains("1 unchanged"));
    fs::write(&document, "我改过的").unwrap();
    let ended = import(&arguments, folder.path());
    assert!(ended.code == 1 && ended.out.contains("text-utf8.md: is there already and differs"), "{ended:?}");
    assert_eq!(fs::read_to_string(&document).unwrap(), "我改过的");
    let ended = import(&[arguments[0], "--force"], folder.path());
    assert!(ended.code == 0 && ended.out.contains("1 replaced"), "{ended:?}");
    assert_eq!(fs::read_to_string(&document).unwrap(), first);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_the_operator_says_outranks_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let file = original("text-utf8.txt");
    let facts = [
        "--title",
        "指南: 新版",
        "--publisher",
        "管委会",
        "--published",
        "2025",
        "--url",
        "https://example.org/a",
        "--park",
        "青砚谷",
    ];
    let ended = import(&[&[file.to_str().unwrap()], &facts[..]].concat(), folder.path());
    assert_eq!(ended.code, 0, "{ended:?}");
    let (document, problems) =
        yuanwen::corpus::read_document("a.md", &fs::read(folder.path().join("text-utf8.md")).unwrap());
    let source = document.unwrap().source;
    assert_eq!(problems, []);
    assert_eq!(
        (source.title.as_str(), source.publisher.as_deref(), source.park.as_deref()),
        ("指南: 新版", Some("管委会"), Some("青砚谷"))
    );
    assert_eq!((source.published.unwrap().as_str(), source.url.as_deref()), ("2025", Some("https://example.org/a")));
    let ended = import(&[file.to_str().unwrap(), "--published", "昨天"], folder.path());
    assert!(ended.code == 1 && ended.out.contains("“昨天” is not a date"), "{ended:?}");
}

#[test]
fn files_of_one_name_become_documents_of_two() {
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().join("from");
    fs::create_dir_all(from.join("b")).unwrap();
    for (name, copy) in
        [("text-utf8.txt", "指南.txt"), ("word-bare.docx", "指南.docx"), ("text-big5.txt", "b/指南.txt")]
    {
        fs::copy(original(name), from.join(copy)).unwrap();
    }
    fs::write(from.join("picture.png"), "").unwrap();
    let to = folder.path().join("to");
    let ended = import(&[from.to_str().unwrap()], &to);
    assert!(ended.code == 0 && ended.out.contains("3 new"), "{ended:?}");
    let mut names: Vec<String> =
        fs::read_dir(&to).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["指南-docx.md", "指南-text.md", "指南.md"]);
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (original("text-utf8.txt"), original("pdf-scan.pdf"));
    let ended = import(&[bad.to_str().unwrap(), good.to_str().unwrap()], folder.path());
    assert!(ended.code == 1 && ended.out.contains("1 new, 0 replaced, 0 unchanged, 1 refused"), "{ended:?}");
    let ended = import(&["nowhere.txt"], folder.path());
    assert!(ended.code == 1 && ended.err.contains("nowhere.txt: cannot be read"), "{ended:?}");
}

#[test]
fn a_thousand_files_are_imported() {
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().join("from");
    fs::create_dir(&from).unwrap();
    for at in 0..1000 {
        let text = format!(
            "第{at}号园区简介\n来源：临川日报  发布时间：2024-01-02\n第{at}号园区占地{at}公顷，共有企业{}家。\n",
            at * 3 + 1
        );
        fs::write(from.join(format!("{at:04}.txt")), text).unwrap();
    }
    let to = folder.path().join("to");
    let ended = import(&[from.to_str().unwrap()], &to);
    assert!(ended.code == 0 && ended.out.contains("1000 new"), "{}", ended.err);
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1000);
    let text = fs::read_to_string(to.join("0999.md")).unwrap();
    assert!(text.contains("第999号园区占地999公顷，共有企业2998家。"), "{text}");
}

#[test]
fn documents_that_ship_survive_being_written() {
    for name in fs::read_dir(root().join("knowledge")).unwrap().map(|entry| entry.unwrap().path()) {
        if name.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let (Some(document), _) = yuanwen::corpus::read_document("a.md", &fs::read(&name).unwrap()) else { continue };
        let written = yuanwen::corpus::markdown(&document);
        let (again, problems) = yuanwen::corpus::read_document("a.md", written.as_bytes());
        assert_eq!(problems, []);
        let again = again.unwrap();
        assert_eq!(
            (again.source, again.sections.len()),
            (document.source, document.sections.len()),
            "{}",
            name.display()
        );
    }
}
