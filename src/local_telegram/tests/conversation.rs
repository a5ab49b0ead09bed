//! People and a bot: what each sees of the other.

use super::*;

#[tokio::test]
async fn a_button_is_pressed_and_answered() {
    let bot = Bot::start().await;
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "租金");
    let markup = json!({"inline_keyboard": [[{"text": "更多", "callback_data": "more:1"}, {"text": "原文", "url": "https://a.example/"}]]});
    bot.call("sendMessage", json!({"chat_id": XIAOLIN, "text": "见 https://a.example/ 。", "reply_markup": markup}))
        .await;
    let message = bot.telegram.next_message(XIAOLIN, SOON).await.unwrap();
    assert_eq!(message.labels(), [["更多", "原文"]]);
    assert_eq!(message.marked("url"), ["https://a.example/"]);
    assert_eq!(bot.telegram.press(XIAOLIN, XIAOLIN, message.id, "原文"), None);
    let query = bot.telegram.press(XIAOLIN, XIAOLIN, message.id, "更多").unwrap();
    assert_eq!(bot.telegram.loose_ends(), ["button not answered: more:1"]);
    let update = bot.updates().await.pop().unwrap();
    assert_eq!(update["callback_query"]["data"], "more:1");
    assert_eq!(update["callback_query"]["message"]["reply_markup"], markup);
    let answer = json!({"callback_query_id": query, "text": "好", "show_alert": true});
    bot.call("answerCallbackQuery", answer.clone()).await;
    let seen = bot.telegram.callback_answer(&query, SOON).await.unwrap();
    assert_eq!((seen.text.as_str(), seen.alert), ("好", true));
    assert!(bot.refused("answerCallbackQuery", answer).await.contains("query is too old"));
}

#[tokio::test]
async fn inline_mode_gives_cards_and_a_chosen_one_is_sent_and_edited() {
    let bot = Bot::start().await;
    let query = bot.telegram.inline_query(GROUP, ALICE, "rent", "");
    let update = bot.updates().await.pop().unwrap();
    assert_eq!(update["inline_query"]["query"], "rent");
    let card = json!({
        "type": "article", "id": "g1:7", "title": "Rent",
        "input_message_content": {"message_text": "40 元", "entities": [{"type": "blockquote", "offset": 0, "length": 4}]},
        "reply_markup": {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]}
    });
    bot.call("answerInlineQuery", json!({"inline_query_id": query, "results": [card], "cache_time": 5})).await;
    let answer = bot.telegram.inline_answer(&query, SOON).await.unwrap();
    assert_eq!(answer["results"][0]["title"], "Rent");
    let sent = bot.telegram.choose(GROUP, ALICE, &query, "g1:7").unwrap();
    let updates = bot.updates().await;
    let inline_id = updates[0]["chosen_inline_result"]["inline_message_id"].as_str().unwrap().to_owned();
    assert_eq!(updates[1]["message"]["via_bot"]["username"], "yuanwen_bot");
    assert_eq!(updates[1]["message"]["from"]["first_name"], "Alice");
    bot.telegram.press(GROUP, XIAOLIN, sent, "More").unwrap();
    let pressed = bot.updates().await.pop().unwrap();
    assert_eq!(pressed["callback_query"]["inline_message_id"], inline_id);
    let edited = bot.call("editMessageText", json!({"inline_message_id": inline_id, "text": "50 元"})).await;
    assert_eq!(edited, true);
    assert_eq!(bot.telegram.message(GROUP, sent).unwrap().text, "50 元");
}

#[tokio::test]
async fn groups_bring_all_that_groups_bring() {
    let bot = Bot::start().await;
    let telegram = &bot.telegram;
    let topic = telegram.send_text(FORUM, XIAOLIN, "主题");
    telegram.send(FORUM, XIAOLIN, Draft::text("@yuanwen_bot 租金").in_topic(topic).reply_to(topic));
    telegram.send(GROUP, OPERATOR, Draft::text("/reload").as_chat(GROUP));
    telegram.send(GROUP, ALICE, Draft::text("hi").forwarded_from("Bob").via_bot("other_bot"));
    telegram.join(GROUP, YATING);
    telegram.leave(GROUP, YATING);
    telegram.channel_post(CHANNEL, "公告");
    telegram.send(GROUP, ALICE, Draft::sticker("👍"));
    let edited = telegram.send_text(GROUP, ALICE, "teh");
    telegram.edit_text(GROUP, edited, "the");
    let updates = bot.updates().await;
    let message = |n: usize| &updates[n]["message"];
    assert_eq!(message(1)["message_thread_id"], topic);
    assert_eq!(message(1)["entities"][0]["type"], "mention");
    assert_eq!(message(1)["reply_to_message"]["text"], "主题");
    assert_eq!(message(2)["from"]["id"], GROUP_ANONYMOUS_BOT);
    assert_eq!(message(2)["sender_chat"]["id"], GROUP);
    assert_eq!(message(3)["forward_origin"]["sender_user_name"], "Bob");
    assert_eq!(message(3)["via_bot"]["username"], "other_bot");
    assert_eq!(message(4)["new_chat_members"][0]["first_name"], "雅婷");
    assert_eq!(message(5)["left_chat_member"]["id"], YATING);
    assert_eq!(updates[6]["channel_post"]["sender_chat"]["id"], CHANNEL);
    assert_eq!(message(7)["sticker"]["emoji"], "👍");
    assert_eq!(updates[9]["edited_message"]["text"], "the");
    let answer = json!({"chat_id": FORUM, "text": "好", "message_thread_id": topic, "reply_parameters": {"message_id": topic, "quote": "主"}});
    let sent = bot.call("sendMessage", answer).await;
    assert_eq!(sent["quote"], json!({"text": "主", "position": 0, "is_manual": true}));
    assert_eq!(sent["message_thread_id"], topic);
}

#[tokio::test]
async fn files_go_both_ways() {
    let bot = Bot::start().await;
    let telegram = &bot.telegram;
    telegram.send(OPERATOR, OPERATOR, Draft::document("园区.md", "text/markdown", "# 张江").caption("新文件"));
    telegram.send(OPERATOR, OPERATOR, Draft::document_of_size("big.pdf", 20 * 1024 * 1024 + 1));
    let updates = bot.updates().await;
    let document = &updates[0]["message"]["document"];
    assert_eq!((&document["file_name"], &updates[0]["message"]["caption"]), (&json!("园区.md"), &json!("新文件")));
    let file = bot.call("getFile", json!({"file_id": document["file_id"]})).await;
    let path = file["file_path"].as_str().unwrap();
    let url = format!("{}/file/bot{}/{path}", telegram.api_url(), telegram.token());
    // Some clients send the path as one segment.
    for url in [url.clone(), url.replace("documents/", "documents%2F").replace(":local", "%3Alocal")] {
        assert_eq!(bot.client.get(url).send().await.unwrap().text().await.unwrap(), "# 张江");
    }
    let big = &updates[1]["message"]["document"]["file_id"];
    assert_eq!(bot.refused("getFile", json!({"file_id": big})).await, "Bad Request: file is too big");

    let part = |head: &str, body: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let body = [
        part("name=\"chat_id\"", &OPERATOR.to_string()),
        part("name=\"document\"", "attach://f0"),
        part("name=\"f0\"; filename=\"report.csv\"\r\nContent-Type: text/csv", "a,b"),
        "--x--\r\n".to_owned(),
    ];
    let request = bot.client.post(bot.url("SendDocument")).header("content-type", "multipart/form-data; boundary=x");
    let answer: Value = request.body(body.concat()).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["result"]["document"]["file_name"], "report.csv", "{answer}");
    assert!(telegram.next_message(OPERATOR, SOON).await.unwrap().attachment.is_some());
}

#[tokio::test]
async fn menus_follow_scope_and_language() {
    let bot = Bot::start().await;
    let set = |name: &str, scope: Value, language: &str| json!({"commands": [{"command": name, "description": "x"}], "scope": scope, "language_code": language});
    bot.call("setMyCommands", json!({"commands": [{"command": "rest", "description": "x"}]})).await;
    bot.call("setMyCommands", set("chinese", json!({"type": "default"}), "zh")).await;
    bot.call("setMyCommands", set("group", json!({"type": "all_group_chats"}), "")).await;
    bot.call("setMyCommands", set("operator", json!({"type": "chat", "chat_id": OPERATOR}), "")).await;
    let menu = |chat, person| bot.telegram.commands(chat, person)[0]["command"].as_str().unwrap_or_default().to_owned();
    assert_eq!(menu(ALICE, ALICE), "rest");
    assert_eq!(menu(YATING, YATING), "chinese");
    assert_eq!(menu(OPERATOR, OPERATOR), "operator");
    assert_eq!(menu(GROUP, XIAOLIN), "group");
    bot.call("deleteMyCommands", json!({"scope": {"type": "all_group_chats"}})).await;
    assert_eq!(menu(GROUP, XIAOLIN), "chinese");
    let own = bot.call("getMyCommands", json!({"language_code": "zh"})).await;
    assert_eq!(own[0]["command"], "chinese");
    bot.call("setMyDescription", json!({"description": "园区问答", "language_code": "zh"})).await;
    assert_eq!(bot.telegram.profile_text("description", "zh-hans").as_deref(), Some("园区问答"));
}

#[tokio::test]
async fn signs_of_life_reactions_and_the_bot_itself() {
    let bot = Bot::start().await;
    let asked = bot.telegram.send_text(XIAOLIN, XIAOLIN, "谢谢");
    bot.call("sendChatAction", json!({"chat_id": XIAOLIN, "action": "typing"})).await;
    bot.call(
        "setMessageReaction",
        json!({"chat_id": XIAOLIN, "message_id": asked, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
    )
    .await;
    assert_eq!(bot.telegram.chat_actions(), [(XIAOLIN, "typing".to_owned())]);
    assert_eq!(bot.telegram.reaction(XIAOLIN, asked).as_deref(), Some("👍"));
    let me = bot.call("getMe", json!({})).await;
    assert_eq!((&me["username"], &me["is_bot"]), (&json!("yuanwen_bot"), &json!(true)));
    assert_eq!(bot.call("getChat", json!({"chat_id": GROUP})).await["title"], "园区企业群");
    assert!(bot.telegram.loose_ends().is_empty());
}
