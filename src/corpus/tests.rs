//! What holds for every document, whatever stands in it; and what the originals must become.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::line::one_line;
use super::passage::{HARD_MAX_CHARS, MAX_CHARS};
use super::*;

/// No passage breaks a limit, none overlaps another, and together they hold all that is not a heading.
fn sound(corpus: &Corpus) {
    for (number, document) in corpus.documents.iter().enumerate() {
        let passages: Vec<&Passage> = corpus.passages.iter().filter(|passage| passage.document == number).collect();
        let mut end = 0;
        for passage in &passages {
            let text = corpus.text(passage);
            assert!(passage.range.start >= end, "passages overlap or are out of order at {text}");
            end = passage.range.end;
            let chars = text.chars().count();
            assert!(chars <= HARD_MAX_CHARS, "{chars} characters");
            assert!(chars <= MAX_CHARS || clauses_in(text) == 1, "{chars} characters and more than one clause: {text}");
            assert_eq!(text.trim(), text);
            assert!(!text.is_empty());
        }
        for block in document.sections.iter().flat_map(|section| &section.blocks) {
            let covered: usize =
                passages.iter().map(|passage| visible(&document.text, meet(&passage.range, &block.range))).sum();
            assert_eq!(
                covered,
                visible(&document.text, block.range.clone()),
                "lost a part of {}",
                slice(&document.text, block.range.clone())
            );
        }
    }
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}

fn visible(text: &str, range: Range<usize>) -> usize {
    slice(text, range).chars().filter(|c| !c.is_whitespace()).count()
}

fn clauses_in(text: &str) -> usize {
    crate::analysis::sentence::clauses(&text.chars().collect::<Vec<_>>()).len()
}

fn corpus_of(path: &str, text: &str) -> Corpus {
    let (document, problems) = read_document(path, text.as_bytes());
    Corpus::new(document.into_iter().collect(), problems)
}

/// Lines of the kinds that documents are made of, in any order.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[园区在东边了是一二三]{1,40}",
        4 => "([园区在东边了]{1,60}[，。；：？]){1,12}",
        1 => "[园区]{300,900}",
        1 => "[一二三]是[园区]{2,20}。([园区]{20,60}。){1,4}[二三]是[园区]{90}。",
        1 => "([一二三]、|（[一二三]）|[1-9]\\.|第[一二三]条 |• |# |- |\\| )[园区，。]{1,100}",
        1 => "(问：|答：|Q1: |A1: |记者：)[园区]{1,100}[？。]",
        1 => "(- |[1-3]\\. )(问：|答：)?[园区]{1,30}[？。：]",
        1 => "## [园区]{1,9}？",
        1 => "[园区]{1,4} [园区]{1,4} [0-9]{1,3}元",
        1 => Just(String::new()),
        1 => "\\PC{0,80}",
    ];
    proptest::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_limit_is_broken(text in text()) {
        sound(&corpus_of("a.txt", &text));
        sound(&corpus_of("a.md", &text));
    }

    #[test]
    fn any_bytes_are_a_document_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for path in ["a.txt", "a.md", "a", "", "."] {
            let (document, problems) = read_document(path, &bytes);
            prop_assert!(document.is_some() || !problems.is_empty());
            sound(&Corpus::new(document.into_iter().collect(), problems));
        }
    }

    #[test]
    fn kept_and_dropped_lines_are_the_whole_original(text in text()) {
        let lines = line::lines(&text);
        let (kept, dropped) = clean::clean(&lines);
        let sum: usize = kept.iter().map(|line| visible(line.text, 0..line.text.len())).sum::<usize>()
            + dropped.iter().map(|line| visible(&line.text, 0..line.text.len())).sum::<usize>();
        prop_assert_eq!(sum, lines.iter().map(|line| visible(line.text, 0..line.text.len())).sum::<usize>());
    }
}

/// The originals, which are not part of the repository.
fn originals() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

#[test]
fn the_originals_say_where_they_come_from() {
    let Some(folder) = originals() else { return };
    let corpus = read(&folder).expect("the originals are documents");
    assert_eq!(corpus.problems, []);
    let seen: Vec<[&str; 3]> = corpus
        .documents
        .iter()
        .map(|document| {
            let source = &document.source;
            let published = source.published.as_ref().map_or("", Date::as_str);
            [source.title.get(..12).unwrap_or_default(), source.publisher.as_deref().unwrap_or_default(), published]
        })
        .collect();
    assert_eq!(
        seen,
        [
            ["上海湾区", "", ""],
            ["高举“科", "上海园区招商网", "2023-08-21"],
            ["松江将“", "中国产业园区招商网", ""],
            ["黃浦區委", "", ""],
            ["推進“大", "上海市科學技術委員會等7部門", "2023"],
        ]
    );
    let urls: Vec<Option<&str>> = corpus.documents.iter().map(|document| document.source.url.as_deref()).collect();
    assert!(
        matches!(urls.as_slice(), [None, None, Some(url), None, None] if url.starts_with("http://sh-cfw.com/")),
        "{urls:?}"
    );
}

#[test]
fn the_originals_become_sound_passages_without_the_page_around_them() {
    let Some(folder) = originals() else { return };
    let corpus = read(&folder).expect("the originals are documents");
    sound(&corpus);
    let debris = [
        "1.jpg",
        "評論",
        "相關詞條",
        "熱門詞條",
        "浏览量",
        "展开",
        "供圖",
        "当前位置",
        "葛毅明",
        "扫一扫",
        "二维码",
        "13391219793",
        "400 0123",
        "小米",
        "旦迪",
        "宣城",
        "售楼",
        "本文链接",
        "元描述",
        "吸引人的段落",
        "聯絡我們",
        "相關鏈接",
        "招商网",
        "...",
    ];
    for document in &corpus.documents {
        for word in debris {
            assert!(!document.text.contains(word), "{} holds {word}", document.source.path);
        }
    }
    let paths = |number: usize| -> Vec<String> {
        let mut paths: Vec<String> = corpus
            .passages
            .iter()
            .filter(|p| p.document == number && !p.answers_heading)
            .map(|p| p.headings.join(" › "))
            .collect();
        paths.dedup();
        paths
    };
    let answers: Vec<&Passage> = corpus.passages.iter().filter(|passage| passage.answers_heading).collect();
    assert_eq!(answers.len(), 6);
    assert!(answers.iter().all(|p| p.document == 0
        && p.headings.len() == 2
        && p.headings[0] == "常见问题解答"
        && p.headings[1].ends_with('?')));
    assert!(
        corpus
            .passages
            .iter()
            .rev()
            .find(|p| p.document == 0)
            .is_some_and(|p| corpus.text(p).contains("仅代表作者个人意见"))
    );
    assert!(paths(0).iter().any(|path| path.starts_with("产学研深度融合") && path.ends_with(" › 加强院校合作")));
    assert_eq!(paths(1).iter().filter(|path| path.contains(" › 二是")).count(), 3);
    assert!(paths(2).iter().any(|path| path.ends_with(" › 五是完善政策和机制")));
    assert_eq!(paths(3).iter().filter(|path| path.contains("是")).count(), 7);
    assert!(paths(4).iter().any(|path| path == "二、重點任務 › (四)實施創新創業人才集聚行動 › 4.強化以人為本服務保障"));
    assert!(paths(4).iter().any(|path| path == "三、保障措施 › (一)建立工作推進機制"));
}

type Blocks = Vec<(BlockKind, String)>;

/// What a document says, without where its lines stand. A gap in a row is one space.
fn said(document: &Document) -> Vec<(Vec<String>, Blocks)> {
    let text = |block: &Block| {
        let text = slice(&document.text, block.range.clone());
        let row = block.kind == BlockKind::Row || text.contains(" | ");
        if row { one_line(text) } else { text.to_owned() }
    };
    let blocks = |section: &Section| section.blocks.iter().map(|block| (block.kind, text(block))).collect();
    document.sections.iter().map(|section| (section.headings.clone(), blocks(section))).collect()
}

#[track_caller]
fn survives_writing(document: &Document) {
    let written = markdown(document);
    let (again, problems) = read_document(&document.source.path, written.as_bytes());
    assert_eq!(problems, [], "{written}");
    let again = again.expect("it is served");
    assert_eq!(again.source, document.source, "{written}");
    assert_eq!(said(&again), said(document), "{written}");
}

proptest! {
    #[test]
    fn a_document_survives_being_written(text in text()) {
        for path in ["a.md", "a.txt"] {
            if let (Some(mut document), _) = read_document(path, text.as_bytes())
                && document.sections.iter().all(|section| section.headings.len() <= 5)
            {
                document.source.path = "a.md".to_owned();
                survives_writing(&document);
            }
        }
    }
}

#[test]
fn a_list_inside_an_answer_stays_a_list() {
    let list = "## 要带什么？\n\n请带下列材料：\n\n1. 执照\n2. 申请表\n\n- 副本也可以\n\n当天答复。\n";
    let shielded = "问：带什么\n\n答：请带：\n\n- 答：执照\n\n答：带几份？一份。问：没有了？\n";
    for text in [list, shielded] {
        let read = |text: &str| read_document("a.md", text.as_bytes()).0.expect("it is served");
        let document = read(&format!("---\ntitle: 题\n---\n\n# 题\n\n{text}"));
        survives_writing(&document);
        assert_eq!(document, read(&markdown(&document)));
        let kinds: Vec<BlockKind> = document.sections.iter().flat_map(|s| &s.blocks).map(|block| block.kind).collect();
        assert!(kinds.contains(&BlockKind::AnswerItem), "{kinds:?}");
        if text == list {
            assert!(markdown(&document).ends_with(text), "{}", markdown(&document));
        }
        let corpus = Corpus::new(vec![document], Vec::new());
        assert!(corpus.passages.iter().all(|passage| passage.answers_heading), "{:?}", corpus.passages);
    }
}

#[test]
fn the_originals_survive_being_written() {
    let Some(folder) = originals() else { return };
    for document in read(&folder).expect("the originals are documents").documents {
        let mut document = std::sync::Arc::unwrap_or_clone(document);
        document.source.path = "a.md".to_owned();
        survives_writing(&document);
    }
}
