//! Words and what is wrong with them, one line each.

use super::*;
use crate::generation::check::document;

/// Two documents: of 甲园, which has 专利 and 资金; of 乙园 in the front matter, which has 企业 as the first has.
fn check_words(words: &str, expected: &[(usize, &str)]) {
    let documents = [
        document("jia.md", None, &[], "甲园有专利和资金，企业很多。"),
        document("yi.md", Some("乙园"), &["乙谷"], "乙园有人才公寓，企业也多。"),
    ];
    let seen = Seen::of(documents.into(), Some(words), None);
    let found = check(words, &seen);
    assert_eq!(found.len(), expected.len(), "{words}: {found:?}");
    for (found, (line, message)) in found.iter().zip(expected) {
        assert!(found.line == *line && found.fault.to_string().contains(message), "{words}: {found:?}");
    }
}

#[test]
fn good_words_have_no_problem() {
    check_words("[[park]]\nname = '甲园'\nfiles = ['jia.md']\naliases = ['甲谷']", &[]);
    check_words("[[park]]\nname = '乙园'\naliases = ['乙城']", &[]);
    check_words("[[same]]\nwords = ['专利', '知产']", &[]);
    check_words("[[ask]]\nsay = ['钱', '錢']\nfind = ['资金', '專利']", &[]);
    check_words("", &[]);
}

#[test]
fn parks_have_documents_and_names_of_their_own() {
    check_words("[[park]]\nname = '丙园'\nfiles = ['bing.md', 'jia.md']", &[(1, "“bing.md” is no document")]);
    check_words("\n[[park]]\nname = '丙园'", &[(2, "has no document")]);
    check_words("[[park]]\nname = '甲园'\nfiles = ['jia.md']\naliases = ['甲']", &[(1, "“甲” is too short")]);
    check_words(
        "[[park]]\nname = '甲园'\nfiles = ['jia.md']\naliases = ['乙谷']",
        &[(1, "“乙谷” is a name of “乙园” too")],
    );
    let two = "[[park]]\nname = '甲园'\nfiles = ['jia.md']\naliases = ['园']\n[[park]]\nname = '丙园'\nfiles = ['yi.md']\naliases = ['甲園']";
    check_words(two, &[(1, "too short"), (1, "“甲园” is a name of “丙园”"), (5, "“甲园” is a name of “甲园” too")]);
}

#[test]
fn groups_have_two_words_of_which_one_is_held() {
    check_words("same = [\n['专利', '专利'],\n['专利', '專利']]", &[(2, "group of one"), (3, "group of one")]);
    check_words("[[same]]\nwords = ['芯片', '晶片']", &[(1, "no document holds any of “芯片”, “晶片”")]);
}

#[test]
fn what_is_looked_for_can_be_found() {
    check_words("[[ask]]\nsay = ['钱']\nfind = []", &[(1, "is empty")]);
    check_words("[[ask]]\nsay = ['钱', '资金']\nfind = ['資金']", &[(1, "stands in say and in find")]);
    check_words("\n\n[[ask]]\nsay = ['钱']\nfind = ['资金', '经费']", &[(3, "no document holds “经费”")]);
}

#[test]
fn what_is_overruled_is_named() {
    check_words("[stop]\nnever_expand = ['錢']\n[[ask]]\nsay = ['钱']\nfind = ['资金']", &[(3, "never_expand")]);
    check_words(
        "[stop]\nphrases = ['搞钱']\n[[ask]]\nsay = ['搞钱']\nfind = ['资金']",
        &[(3, "cut out of every question")],
    );
    check_words("[[ask]]\nsay = ['乙谷']\nfind = ['资金']", &[(1, "is a name of “乙园”")]);
    check_words("[[ask]]\nsay = ['企业']\nfind = ['资金']", &[(1, "every document holds “企业”")]);
}

#[test]
fn what_contradicts_is_named() {
    let words = "[[ask]]\nsay = ['专利']\nfind = ['资金']\n[[ask]]\nsay = ['资金']\nfind = ['专利']";
    check_words(words, &[(4, "the other way round")]);
}

#[test]
fn a_file_that_is_not_understood_is_reported_elsewhere() {
    check_words("foo = 1", &[]);
    check_words("[[", &[]);
}
