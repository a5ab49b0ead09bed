//! Buttons do what they say, also after a restart and a reload, and whatever is sent in their place harms nothing.

use std::fs;
use std::path::Path;

use yuanwen::journal::Verdict;
use yuanwen::local_telegram::{ALICE, Draft, GROUP, XIAOLIN};

use super::harness::{KNOWLEDGE, SOON, Talk, edition};
use super::show::show;

const QUESTION: &str = "云帆港的人才公寓租金多少";

#[tokio::test]
async fn more_shows_the_next_sources_in_place() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    let more = talk.press(XIAOLIN, &answer, "更多").await;
    insta::assert_snapshot!(show(&more), @r"
    > 在园区工作的硕士可以在每年3月和9月向**云帆港**运营公司申请，入住期限最长三年。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 常见问题 › 云帆港的人才公寓怎么申请？
    云帆区科学技术委员会 · 2024-03-18
    另有：
    >> **云帆港**与银行合作推出“扬帆贷”，面向成立三年以内的科技企业，最高额度500万元。
    >> “扬帆贷”不需要抵押，由园区的风险补偿资金承担一半损失。
    >> 企业先在运营公司登记，再由银行上门了解经营情况，一般十个工作日内放款。
    >> 还款可以选按月或按季，提前还款不收费用；逾期的企业三年内不得再次申请。
    >> — 人才和资金 › 贷款
    >>
    >> **云帆港**有6家孵化器，其中国家级2家，合计提供2400个工位，首年免**租金**。
    >> — 产业 › 孵化器
    [‹ 上一批] [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [👍] [👎]
    ");
    let back = talk.press(XIAOLIN, &more, "‹ 上一批").await;
    assert_eq!(show(&back), show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn context_shows_the_whole_passage_with_the_excerpt_marked() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "扬帆贷最高额度多少").await;
    let context = talk.press(XIAOLIN, &answer, "上下文").await;
    insta::assert_snapshot!(show(&context), @r"
    > **云帆港与银行合作推出“扬帆贷”，面向成立三年以内的科技企业，最高额度500万元。
    > “扬帆贷”不需要抵押，由园区的风险补偿资金承担一半损失。
    > 企业先在运营公司登记，再由银行上门了解经营情况，一般十个工作日内放款。
    > 还款可以选按月或按季，提前还款不收费用；逾期的企业三年内不得再次申请。**
    > 园区每年评选还款记录良好的企业，给予下一年度优先办理的便利。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 贷款
    云帆区科学技术委员会 · 2024-03-18
    [‹ 返回] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let back = talk.press(XIAOLIN, &context, "‹ 返回").await;
    assert_eq!(show(&back), show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn each_excerpt_has_its_context() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "云帆港有几家孵化器").await;
    let context = talk.press(XIAOLIN, &answer, "上下文").await;
    let next = talk.press(XIAOLIN, &context, "下一处 ›").await;
    insta::assert_snapshot!(show(&next), @r"
    > **云帆港有6家孵化器，其中国家级2家，合计提供2400个工位，首年免租金。**
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 产业 › 孵化器
    云帆区科学技术委员会 · 2024-03-18
    [‹ 返回] [下一处 ›] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let first = talk.press(XIAOLIN, &next, "下一处 ›").await;
    assert_eq!(show(&first), show(&context));
    talk.end().await;
}

#[tokio::test]
async fn ratings_are_stored_with_what_was_seen_and_can_be_changed() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    assert_eq!(talk.toast(XIAOLIN, &answer, "👍").await, "谢谢，已记下。");
    assert_eq!(talk.toast(XIAOLIN, &answer, "👍").await, "已经记下了，谢谢。");
    assert_eq!(talk.toast(XIAOLIN, &answer, "👎").await, "已改好，谢谢。");
    let journal = talk.journal();
    let gap = journal.gaps(0, 9).await.unwrap().pop().expect("what was rated as bad is a gap");
    assert_eq!(gap.question.text, QUESTION);
    assert_eq!(gap.question.citations[0].document, "yunfangang.md");
    assert_eq!(gap.question.generation, talk.editions.current().id());
    let again = journal.rate(yuanwen::journal::Rating {
        question: gap.id,
        person: journal.person(XIAOLIN.unsigned_abs()),
        verdict: Verdict::Bad,
        generation: String::new(),
        citation: None,
    });
    assert_eq!(again.await.unwrap(), yuanwen::journal::Rated::Same);
    talk.end().await;
}

#[tokio::test]
async fn buttons_outlive_a_restart() {
    let mut talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    talk.stop().await;
    talk.run().await;
    let more = talk.press(XIAOLIN, &answer, "更多").await;
    let back = talk.press(XIAOLIN, &more, "‹ 上一批").await;
    assert_eq!(show(&back), show(&answer));
    assert_eq!(talk.toast(XIAOLIN, &answer, "👎").await, "谢谢，已记下。");
    talk.end().await;
}

/// The invented documents, with another line in one of them.
fn changed(line: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(KNOWLEDGE).expect("the documents") {
        let path = entry.expect("a document").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    let path = folder.path().join("nanting.md");
    let text = fs::read_to_string(&path).expect("a document");
    fs::write(&path, text.replace("## 产业", &format!("### 其他\n\n{line}\n\n## 产业")))
        .expect("a document is written");
    folder
}

fn serve(talk: &Talk, folder: &Path) {
    talk.editions.serve(edition(folder));
}

#[tokio::test]
async fn buttons_outlive_a_reload_and_say_when_their_documents_are_gone() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    let parks = talk.ask(XIAOLIN, "/parks").await;
    let park = talk.press(XIAOLIN, &parks, "青禾谷").await;
    serve(&talk, changed("南汀科学城有食堂。").path());
    let more = talk.press(XIAOLIN, &answer, "更多").await;
    let answer = talk.press(XIAOLIN, &more, "‹ 上一批").await;
    serve(&talk, changed("南汀科学城有两个食堂。").path());

    let query = talk.telegram.press(XIAOLIN, XIAOLIN, answer.id, "更多").unwrap();
    let told = talk.telegram.callback_answer(&query, SOON).await.unwrap();
    assert!(told.alert);
    insta::assert_snapshot!(told.text, @"资料已经更新，这个按钮属于旧版本。可点「用新资料回答」，或再问一次。");
    let bare = talk.telegram.revision(XIAOLIN, answer.id, answer.revisions + 1, SOON).await.unwrap();
    assert_eq!(bare.labels(), [["🔄 用新资料回答"]]);
    let anew = talk.press(XIAOLIN, &bare, "🔄 用新资料回答").await;
    assert_eq!(show(&anew), show(&answer));
    assert_eq!(talk.toast(XIAOLIN, &park, "目录").await, "资料已经更新，请重新打开。");
    talk.end().await;
}

#[tokio::test]
async fn a_rating_counts_even_when_its_documents_are_gone() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    serve(&talk, changed("南汀科学城有食堂。").path());
    serve(&talk, changed("南汀科学城有两个食堂。").path());
    assert_eq!(talk.toast(XIAOLIN, &answer, "👎").await, "谢谢，已记下。");
    talk.end().await;
}

#[tokio::test]
async fn what_no_button_of_ours_carries_harms_nothing() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, QUESTION).await;
    let short = talk.editions.current().id().chars().take(8).collect::<String>();
    let far = |press: &str| press.replace("GEN", &short);
    for data in [
        "",
        "x",
        "s:1",
        "s:1:zzzzzzzz::0",
        "s:999999:00000000::0",
        "more",
        "s:1:GEN:c9n9:255",
        "c:1:GEN::0:200",
        "n:1:GEN::0:4000000000",
        "r:GEN:4000000000",
        "x:GEN:0",
        "O:GEN:65535:9",
        "K:GEN:999:0",
        "i:GEN:0:4000000000:0",
        "j:GEN:1:5:6",
        "L:de",
        "a:77",
        "g:77:GEN::0",
        "s:-1:GEN::0",
        "\u{0}",
    ] {
        let before = talk.telegram.message(XIAOLIN, answer.id).unwrap();
        let query = talk.telegram.press_data(XIAOLIN, XIAOLIN, answer.id, &far(data)).unwrap();
        talk.telegram.callback_answer(&query, SOON).await.unwrap_or_else(|| panic!("{data} is not answered"));
        talk.nothing_more(XIAOLIN, XIAOLIN).await;
        let after = talk.telegram.message(XIAOLIN, answer.id).unwrap();
        assert!(
            after.text == before.text || data.starts_with("s:1:GEN") || data.starts_with('i'),
            "{data} changed the message"
        );
    }
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn a_button_that_was_copied_into_another_chat_shows_nothing_of_the_question() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, QUESTION).await;
    let elsewhere = talk.ask(ALICE, "南汀有几台大科学装置").await;
    let short = talk.editions.current().id().chars().take(8).collect::<String>();
    let query = talk.telegram.press_data(ALICE, ALICE, elsewhere.id, &format!("s:1:{short}::0")).unwrap();
    assert_eq!(talk.telegram.callback_answer(&query, SOON).await.unwrap().text, "This button does not work any more.");
    assert_eq!(talk.telegram.message(ALICE, elsewhere.id).unwrap().text, elsewhere.text);
    talk.end().await;
}

#[tokio::test]
async fn anybody_in_a_group_may_press_and_rate() {
    let talk = Talk::start().await;
    let answer = talk.send(GROUP, XIAOLIN, Draft::text(format!("@yuanwen_bot {QUESTION}"))).await;
    let more = talk.press(ALICE, &answer, "更多").await;
    assert_eq!(talk.toast(ALICE, &more, "👍").await, "Thank you, noted.");
    assert_eq!(talk.toast(XIAOLIN, &more, "👎").await, "谢谢，已记下。");
    talk.end().await;
}
