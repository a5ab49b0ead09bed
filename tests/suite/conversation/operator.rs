//! Who is an operator, and that nobody else notices anything.

use std::time::Duration;

use serde_json::json;
use yuanwen::journal::Incoming;
use yuanwen::local_telegram::{Draft, GROUP, OPERATOR, XIAOLIN};

use super::harness::Talk;
use super::show::{masked, show};

const NO_COMMAND: &str = "没有这个命令。/help 看用法，或直接输入问题。";
const NO_BUTTON: &str = "这个按钮已经失效。";

#[tokio::test]
async fn an_operator_sees_how_the_bot_is_doing() {
    let talk = Talk::start_with_operator().await;
    talk.ask(XIAOLIN, "南汀有几台大科学装置").await;
    talk.ask(XIAOLIN, "火星上有水吗").await;
    insta::assert_snapshot!(masked(&talk.order("/status").await), @r"
    **运行情况**
    资料版本 GENERATION：3 份，25 段
    已运行 0 分钟
    今天提问 2：已回答 1，可能相关 0，没有找到 1；👍 0 👎 0

    资料没有问题

    最近没有出错
    ");
    talk.end().await;
}

#[tokio::test]
async fn an_operator_is_helped_with_what_they_may_do() {
    let talk = Talk::start_with_operator().await;
    let help = talk.order("/help").await.text;
    let everybodys = talk.ask(XIAOLIN, "/help").await.text;
    insta::assert_snapshot!(help.strip_prefix(&everybodys).unwrap(), @r"


    您可以管理资料：
    /status 运行情况和最近的错误
    /docs 资料清单：下载、停用、启用
    /gaps 没有答好的问题
    /words 同义词和园区别名
    /reload 重新载入资料
    /rollback 退回上一个版本
    发来文件，可以预览并加入资料
    ");
    talk.end().await;
}

#[tokio::test]
async fn an_operator_is_spoken_to_in_their_language() {
    let talk = Talk::start_with_operator().await;
    let choice = talk.order("/lang").await;
    talk.press(OPERATOR, &choice, "English").await;
    insta::assert_snapshot!(masked(&talk.order("/status").await), @r"
    **Status**
    Generation GENERATION: 3 documents, 25 passages
    Up for 0 min
    Questions today 0: answered 0, unsure 0, declined 0; 👍 0 👎 0

    No problems in the documents

    No errors of late
    ");
    let choice = talk.order("/lang").await;
    talk.press(OPERATOR, &choice, "繁體中文").await;
    insta::assert_snapshot!(masked(&talk.order("/status").await), @r"
    **運行情況**
    資料版本 GENERATION：3 份，25 段
    已運行 0 分鐘
    今天提問 0：已回答 0，可能相關 0，沒有找到 0；👍 0 👎 0

    資料沒有問題

    最近沒有出錯
    ");
    talk.end().await;
}

#[tokio::test]
async fn problems_and_errors_are_shown() {
    let talk = Talk::start_with_operator().await;
    talk.journal().add_error("update 7 was not handled in 20s".to_owned()).await.unwrap();
    let status = talk.order("/status").await;
    assert!(status.text.ends_with(" update 7 was not handled in 20s"), "{}", status.text);
    talk.end().await;
}

#[tokio::test]
async fn an_operator_has_a_menu_of_their_own() {
    let talk = Talk::start_with_operator().await;
    talk.order("/start").await;
    let registered = || talk.telegram.requests().iter().filter(|r| r.parameters["scope"].is_object()).count();
    while registered() < 3 {
        tokio::task::yield_now().await;
    }
    let menu = |person| {
        let commands = talk.telegram.commands(person, person);
        let line = |c: &serde_json::Value| {
            format!("/{} {}", c["command"].as_str().unwrap_or(""), c["description"].as_str().unwrap_or(""))
        };
        commands.as_array().into_iter().flatten().map(line).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(menu(OPERATOR), @r"
    /status 运行情况和最近的错误
    /docs 资料清单：下载、停用、启用
    /gaps 没有答好的问题
    /words 同义词和园区别名
    /reload 重新载入资料
    /rollback 退回上一个版本
    /ask 提问，在群里也可用
    /parks 收录的园区资料和目录
    /help 怎样使用
    /lang 切换语言
    /privacy 我们记录什么
    /forgetme 删除您的全部记录
    /start 从头开始
    ");
    assert!(!menu(XIAOLIN).contains("/status"));
    talk.end().await;
}

/// Sends a command that must be answered as if there were no such thing.
async fn unknown(talk: &Talk, chat: i64, person: i64, draft: Draft) {
    let answer = talk.send(chat, person, draft).await;
    assert_eq!(show(&answer), NO_COMMAND);
}

#[tokio::test]
async fn to_everybody_else_there_is_no_such_command() {
    let talk = Talk::start_with_operator().await;
    for command in ["/status", "/docs", "/gaps", "/words 甲 = 乙", "/reload", "/rollback", "/reload@yuanwen_bot"] {
        unknown(&talk, XIAOLIN, XIAOLIN, Draft::text(command)).await;
    }
    let file = talk.send(XIAOLIN, XIAOLIN, Draft::document("a.md", "text/markdown", "# 甲")).await;
    assert!(file.text.starts_with("抱歉，我不读聊天里发来的文件"), "{}", file.text);
    assert_eq!(talk.actions().await, []);
    talk.end().await;
}

#[tokio::test]
async fn an_operator_is_one_in_their_own_words_in_their_own_chat_alone() {
    let talk = Talk::start_with_operator().await;
    // In a group, and there in the name of the group.
    unknown(&talk, GROUP, OPERATOR, Draft::text("/reload@yuanwen_bot")).await;
    unknown(&talk, GROUP, OPERATOR, Draft::text("/reload@yuanwen_bot").as_chat(GROUP)).await;
    // Forwarded, sent through another bot.
    unknown(&talk, OPERATOR, OPERATOR, Draft::text("/reload").forwarded_from("老周")).await;
    unknown(&talk, OPERATOR, OPERATOR, Draft::text("/reload").via_bot("some_bot")).await;
    // Forwarded files are files.
    let file = Draft::document("a.md", "text/markdown", "# 甲").forwarded_from("老周");
    assert!(talk.send(OPERATOR, OPERATOR, file).await.text.starts_with("抱歉，我不读"));
    // Edited.
    talk.telegram.send_text(OPERATOR, OPERATOR, "谢谢");
    let thanks = talk.read(OPERATOR).await;
    talk.telegram.edit_text(OPERATOR, thanks.id - 1, "/reload");
    talk.nothing_more(OPERATOR, OPERATOR).await;
    assert_eq!(talk.actions().await, []);
    talk.end().await;
}

#[tokio::test]
async fn an_old_command_is_not_carried_out() {
    let talk = Talk::start_with_operator().await;
    let late = talk.send(OPERATOR, OPERATOR, Draft::text("/reload").sent_ago(Duration::from_secs(90))).await;
    insta::assert_snapshot!(show(&late), @"这条命令来得太晚，没有执行。如果还需要，请再发一次。");
    let actions = talk.actions().await;
    assert_eq!(actions, [("reload".to_owned(), String::new(), "too late".to_owned())]);
    talk.end().await;
}

#[tokio::test]
async fn what_is_delivered_again_is_done_once() {
    let mut talk = Talk::start_with_operator().await;
    talk.order("/status").await;
    assert_eq!(talk.telegram.repeat_updates(1), 1);
    talk.nothing_more(OPERATOR, OPERATOR).await;
    assert_eq!(talk.actions().await.len(), 1);

    // A command during which the process ended is not begun again.
    talk.stop().await;
    let message = json!({"update_id": 900_000_000, "message": {
        "message_id": 900, "date": yuanwen::journal::now(), "text": "/reload",
        "chat": {"id": OPERATOR, "type": "private", "first_name": "老周"},
        "from": {"id": OPERATOR, "is_bot": false, "first_name": "老周", "language_code": "zh-hans"},
    }});
    let journal = talk.journal();
    let offset = journal.next_offset(99).await.unwrap().unwrap();
    let update = Incoming { update_id: 900_000_000, lane: OPERATOR, raw: message.to_string() };
    journal.take(vec![update], offset).await.unwrap();
    journal.begin(OPERATOR).await.unwrap().unwrap();
    drop(journal);
    talk.run().await;
    insta::assert_snapshot!(show(&talk.read(OPERATOR).await), @"这条命令来得太晚，没有执行。如果还需要，请再发一次。");
    assert_eq!(talk.actions().await[1], ("reload".to_owned(), String::new(), "too late".to_owned()));
    talk.end().await;
}

#[tokio::test]
async fn an_operators_button_is_nobody_elses() {
    let talk = Talk::start_with_operator().await;
    let list = talk.order("/docs").await;
    let own = talk.ask(XIAOLIN, "/parks").await;
    // Somebody else under the operator's message, and under their own; the operator under somebody else's.
    for data in ["o:d:0", "o:r", "o:p:01234567", "o:n:01234567", "o:w", "o:t:7", "o:a:1", "o:x:0123456789ab"] {
        assert_eq!(talk.press_as(OPERATOR, XIAOLIN, list.id, data).await, NO_BUTTON, "{data}");
        assert_eq!(talk.press_as(XIAOLIN, XIAOLIN, own.id, data).await, NO_BUTTON, "{data}");
        assert_eq!(talk.press_as(XIAOLIN, OPERATOR, own.id, data).await, NO_BUTTON, "{data}");
    }
    // What no button of ours carries, from the operator.
    for data in ["o:", "o:d:-1", "o:d:+1", "o:i:xyz", "o:g:1", "o:z", "o:r:1", "o:p", "o:p:0123456g"] {
        assert_eq!(talk.press_as(OPERATOR, OPERATOR, list.id, data).await, NO_BUTTON, "{data}");
    }
    assert_eq!(talk.actions().await.len(), 1);
    talk.end().await;
}
