//! Commands, and the menu that offers them.

use yuanwen::local_telegram::{ALICE, XIAOLIN, YATING};

use super::harness::Talk;
use super::show::show;

#[tokio::test]
async fn start_greets_with_examples_that_can_be_pressed() {
    let talk = Talk::start().await;
    let start = talk.ask(XIAOLIN, "/start").await;
    insta::assert_snapshot!(show(&start), @r"
    您好，我是园问。
    请直接输入关于上海科创园区的问题，我会从收录的资料里摘出原文，并注明出处；资料里没有的，我会如实说没有。

    比如可以问：
    [南汀的大科学装置怎么预约？]
    [青禾谷的人才公寓有多少套？]
    [云帆港的人才公寓怎么申请？]
    ");
    talk.telegram.press(XIAOLIN, XIAOLIN, start.id, start.labels()[0][0]).unwrap();
    let answer = talk.read(XIAOLIN).await;
    insta::assert_snapshot!(show(&answer), @r"
    **南汀的大科学装置怎么预约？**
    > 高校和企业在**南汀科学**城的网上平台**预约**机时，同步辐射光源每年开放5000小时。
    南汀科学城2025年工作要点 › 常见问题 › 南汀的大科学装置怎么预约？
    南汀科学城管委会 · 2025
    另有：
    >> **南汀科学**城已有两台**大科学装置**：同步辐射光源和低温强磁场**装置**。
    >> 同步辐射光源每年开放5000小时，高校和企业都可以**预约**机时。
    >> — 基础设施 › 大科学装置
    >>
    >> **南汀科学**城与七所大学合作，设立联合研究生院，2025年招收600名研究生。
    >> — 合作 › 大学
    [更多] [上下文]
    [👍] [👎]
    ");
    insta::assert_snapshot!(talk.ask(YATING, "/start").await.text, @r"
    您好，我是園問。
    請直接輸入關於上海科創園區的問題，我會從收錄的資料裡摘出原文，並註明出處；資料裡沒有的，我會如實說沒有。

    比如可以問：
    ");
    insta::assert_snapshot!(talk.ask(ALICE, "/start").await.text, @r"
    Hello, I am Yuanwen.
    Ask me about Shanghai's sci-tech parks. I quote the documents word for word and name the source; what they do not say, I do not say either. The documents are in Chinese, so questions in Chinese find most.

    For example:
    ");
    talk.end().await;
}

#[tokio::test]
async fn help_and_privacy_explain() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "/help").await), @r"
    直接发送问题即可，一条消息最多四个问题。

    · 回复某条回答，或在五分钟内接着问，会沿用上一个园区
    · 更多：看下一批出处，说「继续」也行；上下文：看摘录所在的整段
    · 👍 👎 帮助我们改进
    · 群里请 @我、回复我，或用 /ask
    · 在任何聊天里输入 @我 加问题，可直接插入摘录

    /parks 收录了哪些资料
    /lang 切换语言
    /privacy 我们记录什么
    /forgetme 删除您的记录
    ");
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "/privacy").await), @r"
    我们记录：您的问题、回答引用了哪份资料、您点的 👍 👎，用来改进资料。
    您的账号和聊天只以加密摘要保存，看不出是谁；30 天后自动删除。
    不记录姓名、电话和位置，不交给第三方。
    /forgetme 立即删除您的全部记录。
    ");
    talk.end().await;
}

#[tokio::test]
async fn parks_lead_to_documents_outlines_and_passages() {
    let talk = Talk::start().await;
    let parks = talk.ask(XIAOLIN, "/parks").await;
    insta::assert_snapshot!(show(&parks), @r"
    **收录的园区资料**
    南汀科学城：1 份
    青禾谷：1 份
    云帆港：1 份

    点一个园区，看资料的日期、来源和目录。
    [南汀科学城]
    [青禾谷]
    [云帆港]
    ");
    let park = talk.press(XIAOLIN, &parks, "云帆港").await;
    insta::assert_snapshot!(show(&park), @r"
    **云帆港**

    [云帆港科创园建设方案](https://yunfan.example.com/plan)
    云帆区科学技术委员会 · 2024-03-18
    [目录]
    [‹ 园区列表]
    ");
    let outline = talk.press(XIAOLIN, &park, "目录").await;
    insta::assert_snapshot!(show(&outline), @r"
    [云帆港科创园建设方案](https://yunfan.example.com/plan)
    云帆区科学技术委员会 · 2024-03-18

    点一节看原文： 1/2
    [云帆港科创园建设方案]
    [范围和目标 › 位置和面积]
    [范围和目标 › 2026年目标]
    [产业 › 重点产业]
    [产业 › 孵化器]
    [人才和资金 › 人才公寓]
    [人才和资金 › 贷款]
    [云帆港的人才公寓怎么申请？]
    [下一页 ›]
    [‹ 园区列表] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let second = talk.press(XIAOLIN, &outline, "下一页 ›").await;
    insta::assert_snapshot!(show(&second), @r"
    [云帆港科创园建设方案](https://yunfan.example.com/plan)
    云帆区科学技术委员会 · 2024-03-18

    点一节看原文： 2/2
    [云帆港有几家孵化器？]
    [云帆港由谁管理？]
    [‹ 上一页]
    [‹ 园区列表] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let passage = talk.press(XIAOLIN, &second, second.labels()[0][0]).await;
    insta::assert_snapshot!(show(&passage), @r"
    > 云帆港有6家孵化器，其中2家是国家级。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 常见问题 › 云帆港有几家孵化器？
    云帆区科学技术委员会 · 2024-03-18
    [‹ 上一段] [下一段 ›]
    [‹ 目录] [🔗 原文 → https://yunfan.example.com/plan]
    ");
    let next = talk.press(XIAOLIN, &passage, "下一段 ›").await;
    let outline = talk.press(XIAOLIN, &next, "‹ 目录").await;
    let parks_again = talk.press(XIAOLIN, &outline, "‹ 园区列表").await;
    assert_eq!(show(&parks_again), show(&parks));
    talk.end().await;
}

#[tokio::test]
async fn ask_answers_what_follows_it() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "/ask").await), @r"
    请在 /ask 后面写上问题，比如：
    /ask 大零号湾规划面积多大
    ");
    let answer = talk.ask(XIAOLIN, "/ask 南汀有几台大科学装置").await;
    assert!(answer.text.starts_with("南汀科学城已有两台大科学装置"), "{}", answer.text);
    talk.end().await;
}

#[tokio::test]
async fn the_language_can_be_chosen_and_learned_again() {
    let talk = Talk::start().await;
    let choice = talk.ask(XIAOLIN, "/lang").await;
    insta::assert_snapshot!(show(&choice), @r"
    请选择界面语言（摘录始终是资料原文）：
    [简体中文] [繁體中文] [English]
    [自动]
    ");
    insta::assert_snapshot!(show(&talk.press(XIAOLIN, &choice, "English").await), @"All right, I will speak English with you.");
    let answer = talk.ask(XIAOLIN, "火星上有水吗").await;
    assert!(answer.text.starts_with("Sorry, the documents do not answer"), "{}", answer.text);
    let choice = talk.ask(XIAOLIN, "/lang").await;
    insta::assert_snapshot!(show(&talk.press(XIAOLIN, &choice, "Automatic").await), @"好的，以后随您提问的文字而定。");
    let answer = talk.ask(XIAOLIN, "火星上有水吗").await;
    assert!(answer.text.starts_with("抱歉，收录的资料"), "{}", answer.text);
    talk.end().await;
}

#[tokio::test]
async fn forgetme_deletes_at_once_and_says_how_much() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "南汀有几台大科学装置").await;
    talk.toast(XIAOLIN, &answer, "👍").await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "/forgetme").await), @"已删除您的 3 条记录。");
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "/forgetme").await), @"没有您的记录，无需删除。");
    assert!(talk.journal().last_questions(9).await.unwrap().is_empty());
    assert_eq!(talk.toast(XIAOLIN, &answer, "上下文").await, "这个问题的记录已删除，请再问一次。");
    talk.end().await;
}

#[tokio::test]
async fn a_command_that_does_not_exist_is_said_to() {
    let talk = Talk::start().await;
    insta::assert_snapshot!(show(&talk.ask(XIAOLIN, "/reload").await), @"没有这个命令。/help 看用法，或直接输入问题。");
    talk.end().await;
}

#[tokio::test]
async fn the_menu_speaks_chinese_and_english() {
    let talk = Talk::start().await;
    talk.nothing_more(XIAOLIN, XIAOLIN).await;
    while talk.telegram.requests().iter().filter(|request| request.method == "setMyShortDescription").count() < 3 {
        tokio::task::yield_now().await;
    }
    let menu = |person| {
        let commands = talk.telegram.commands(person, person);
        let lines: Vec<String> = commands
            .as_array()
            .into_iter()
            .flatten()
            .map(|c| format!("/{} {}", c["command"].as_str().unwrap_or(""), c["description"].as_str().unwrap_or("")))
            .collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(menu(XIAOLIN), @r"
    /ask 提问，在群里也可用
    /parks 收录的园区资料和目录
    /help 怎样使用
    /lang 切换语言
    /privacy 我们记录什么
    /forgetme 删除您的全部记录
    /start 从头开始
    ");
    insta::assert_snapshot!(menu(ALICE), @r"
    /ask Ask a question, also in groups
    /parks The documents by park, with outlines
    /help How to use this bot
    /lang Choose the language
    /privacy What is kept
    /forgetme Delete all your records
    /start Start anew
    ");
    insta::assert_snapshot!(talk.telegram.profile_text("short_description", "zh").unwrap(), @"上海科创园区问答，原文摘录，注明出处");
    talk.end().await;
}
