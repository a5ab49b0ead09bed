//! Inline mode: cards that send the same message.

use serde_json::Value;
use yuanwen::local_telegram::{ALICE, GROUP, XIAOLIN};

use super::harness::{SOON, Talk};
use super::show::show;

async fn cards(talk: &Talk, person: i64, words: &str) -> (String, Value) {
    let query = talk.telegram.inline_query(GROUP, person, words, "");
    let answer = talk.telegram.inline_answer(&query, SOON).await.expect("an answer to the inline query");
    (query, answer)
}

fn titles(answer: &Value) -> Vec<String> {
    let results = answer["results"].as_array().cloned().unwrap_or_default();
    results
        .iter()
        .map(|card| {
            format!("{} — {}", card["title"].as_str().unwrap_or(""), card["description"].as_str().unwrap_or(""))
        })
        .collect()
}

#[tokio::test]
async fn cards_are_excerpts_and_send_the_same_message() {
    let talk = Talk::start().await;
    let (query, answer) = cards(&talk, XIAOLIN, "云帆港的人才公寓租金多少").await;
    insta::assert_snapshot!(titles(&answer).join("\n"), @r"
    人才公寓 — 云帆港建成人才公寓1500套，租金为市场价的六成，在园区工作的硕士可以申请。 人才公寓由云帆港运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。
    云帆港的人才公寓怎么申请？ — 在园区工作的硕士可以在每年3月和9月向云帆港运营公司申请，入住期限最长三年。
    贷款 — 云帆港与银行合作推出“扬帆贷”，面向成立三年以内的科技企业，最高额度500万元。 “扬帆贷”不需要抵押，由园区的风险补偿资金承担一半损失。 企业先在运营公司登记，再由银行上门了解经营情况，一般十个工作日内放款。 还款可以选按月或按季，提前…
    孵化器 — 云帆港有6家孵化器，其中国家级2家，合计提供2400个工位，首年免租金。
    贷款 — 逾期的企业三年内不得再次申请。 园区每年评选还款记录良好的企业，给予下一年度优先办理的便利。
    重点产业 — 云帆港重点发展海洋装备、人工智能和生物医药三个产业集群。 海洋装备以深海机器人为主，人工智能以港口调度为主，生物医药以海洋药物为主。
    ");
    let generation = talk.editions.current().id().to_owned();
    let id = answer["results"][0]["id"].as_str().unwrap().to_owned();
    assert!(generation.starts_with(id.split(':').next().unwrap_or("-")), "the id {id} names the generation");
    assert_eq!(answer["is_personal"], true);

    let sent = talk.telegram.choose(GROUP, XIAOLIN, &query, &id).unwrap();
    let card = talk.telegram.revision(GROUP, sent, 1, SOON).await.expect("the card gets the buttons of an answer");
    insta::assert_snapshot!(show(&card), @r"
    **云帆港的人才公寓租金多少**
    > **云帆港**建成**人才公寓**1500套，**租金**为市场价的六成，在园区工作的硕士可以申请。
    > **人才公寓**由**云帆港**运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 人才公寓
    云帆区科学技术委员会 · 2024-03-18
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [👍] [👎]
    ");
    let context = talk.press(ALICE, &card, "上下文").await;
    insta::assert_snapshot!(show(&context), @r"
    > **云帆港建成人才公寓1500套，租金为市场价的六成，在园区工作的硕士可以申请。
    > 人才公寓由云帆港运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。**
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 人才公寓
    云帆区科学技术委员会 · 2024-03-18
    [‹ 返回] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let back = talk.press(ALICE, &context, "‹ 返回").await;
    assert_eq!(talk.toast(ALICE, &back, "👍").await, "Thank you, noted.");
    let stored = talk.journal().last_questions(9).await.unwrap();
    assert_eq!(stored.len(), 1, "what was sent is written down, typing is not");
    talk.nothing_more(GROUP, XIAOLIN).await;
    talk.end().await;
}

#[tokio::test]
async fn a_card_that_we_never_heard_of_again_still_has_buttons_that_work() {
    let talk = Talk::start().await;
    let (query, answer) = cards(&talk, XIAOLIN, "云帆港的研发投入占比").await;
    let card = &answer["results"][0];
    let around = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"].as_str().unwrap().to_owned();
    let sent = talk.telegram.choose(GROUP, XIAOLIN, &query, card["id"].as_str().unwrap()).unwrap();
    talk.telegram.revision(GROUP, sent, 1, SOON).await.unwrap();
    talk.telegram.press_data(GROUP, XIAOLIN, sent, &around).unwrap();
    let context = talk.telegram.revision(GROUP, sent, 2, SOON).await.unwrap();
    insta::assert_snapshot!(show(&context), @r"
    > **到2026年，云帆港的高新技术企业达到800家以上，上市企业达到15家以上。
    > 到2026年，云帆港的研发投入占产值的比重达到8%。**
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 2026年目标
    云帆区科学技术委员会 · 2024-03-18
    [‹ 返回] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let back = talk.press(XIAOLIN, &context, "‹ 返回").await;
    insta::assert_snapshot!(show(&back), @r"
    > 到2026年，云帆港的高新技术企业达到800家以上，上市企业达到15家以上。
    > 到2026年，云帆港的研发投入占产值的比重达到8%。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 2026年目标
    云帆区科学技术委员会 · 2024-03-18
    [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    talk.end().await;
}

#[tokio::test]
async fn an_empty_query_shows_examples() {
    let talk = Talk::start().await;
    let (query, answer) = cards(&talk, XIAOLIN, " ").await;
    insta::assert_snapshot!(titles(&answer).join("\n"), @r"
    南汀的大科学装置怎么预约？ — 高校和企业在南汀科学城的网上平台预约机时，同步辐射光源每年开放5000小时。
    青禾谷的人才公寓有多少套？ — 青禾谷的人才公寓有400套，博士免租金三年，硕士租金减半。
    云帆港的人才公寓怎么申请？ — 在园区工作的硕士可以在每年3月和9月向云帆港运营公司申请，入住期限最长三年。
    青禾谷主要做什么产业？ — 青禾谷主要做种业、智能农机和食品加工。
    云帆港有几家孵化器？ — 云帆港有6家孵化器，其中2家是国家级。
    云帆港由谁管理？ — 云帆港由云帆区成立的管委会管理，日常事务由云帆港运营公司负责。
    ");
    let id = answer["results"][0]["id"].as_str().unwrap().to_owned();
    let sent = talk.telegram.choose(GROUP, XIAOLIN, &query, &id).unwrap();
    let card = talk.telegram.revision(GROUP, sent, 1, SOON).await.unwrap();
    insta::assert_snapshot!(show(&card), @r"
    **南汀的大科学装置怎么预约？**
    > 高校和企业在**南汀科学**城的网上平台**预约**机时，同步辐射光源每年开放5000小时。
    南汀科学城2025年工作要点 › 常见问题 › 南汀的大科学装置怎么预约？
    南汀科学城管委会 · 2025
    [更多] [上下文]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn nothing_found_leads_to_the_private_chat() {
    let talk = Talk::start().await;
    let (_, answer) = cards(&talk, XIAOLIN, "火星上有水吗").await;
    assert_eq!(answer["results"].as_array().map(Vec::len), Some(0));
    assert!(answer["button"]["text"].as_str().is_some_and(|text| text.contains("没有找到")), "{answer}");
    talk.end().await;
}
