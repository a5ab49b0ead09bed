//! Every limit, one line each: what is refused, and in which words.

use super::*;

fn entity(kind: &str, offset: usize, length: usize) -> Value {
    json!({"type": kind, "offset": offset, "length": length})
}

fn keyboard(rows: usize, columns: usize) -> Value {
    let button = json!({"text": "更多", "callback_data": "more"});
    json!({"inline_keyboard": vec![vec![button; columns]; rows]})
}

fn button(fields: &Value) -> Value {
    json!({"inline_keyboard": [[fields]]})
}

/// Starts a chat, then checks what each request is told; `""` is no refusal.
async fn check(method: &str, cases: Vec<(Value, &str)>) {
    let bot = Bot::start().await;
    let hello = bot.telegram.send_text(XIAOLIN, XIAOLIN, "张江的租金是多少?");
    assert_eq!(hello, 1);
    for (parameters, expected) in cases {
        let mut request = json!({"chat_id": XIAOLIN});
        request.as_object_mut().unwrap().extend(parameters.as_object().unwrap().clone());
        let answer = bot.ask(method, request.clone()).await;
        let told = answer["description"].as_str().unwrap_or_default();
        let shown: String = request.to_string().chars().take(200).collect();
        assert_eq!(told, expected, "{method} {shown}");
    }
}

#[tokio::test]
async fn texts() {
    check(
        "sendMessage",
        vec![
            (json!({"text": "好"}), ""),
            (json!({}), "Bad Request: message text is empty"),
            (json!({"text": ""}), "Bad Request: message text is empty"),
            (json!({"text": " \n "}), "Bad Request: message text is empty"),
            (json!({"text": "好".repeat(4096)}), ""),
            (json!({"text": format!("{}  ", "好".repeat(4096))}), ""),
            (json!({"text": "好".repeat(4097)}), "Bad Request: message is too long"),
            (json!({"text": "😀".repeat(2048)}), ""),
            (json!({"text": "😀".repeat(2049)}), "Bad Request: message is too long"),
            (
                json!({"text": "*好*", "parse_mode": "MarkdownV2"}),
                "Bad Request: can't parse entities: the local Telegram knows no parse_mode, send entities",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn entities() {
    let with = |entities: Vec<Value>| json!({"text": "a😀bcdef", "entities": entities});
    check("sendMessage", vec![
        (with(vec![entity("bold", 0, 8)]), ""),
        (with(vec![entity("blockquote", 0, 8), entity("bold", 3, 1), entity("italic", 3, 2)]), ""),
        (with(vec![entity("expandable_blockquote", 0, 3), entity("blockquote", 3, 2)]), ""),
        (with(vec![entity("bold", 3, 1), entity("bold", 0, 1)]), "Bad Request: entities are not sorted by offset"),
        (with(vec![entity("bold", 9, 1)]), "Bad Request: entity begins after the end of the text at UTF-16 offset 9"),
        (with(vec![entity("bold", 7, 2)]), "Bad Request: entity beginning at UTF-16 offset 7 ends after the end of the text at UTF-16 offset 9"),
        (with(vec![entity("bold", 2, 1)]), "Bad Request: entity begins in a middle of a UTF-16 symbol at UTF-16 offset 2"),
        (with(vec![entity("bold", 0, 2)]), "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"),
        (with(vec![entity("bold", 0, 0)]), "Bad Request: receive an entity with incorrect length 0 at UTF-16 offset 0; Telegram drops it"),
        (with(vec![entity("blockquote", 0, 8), entity("expandable_blockquote", 3, 2)]), "Bad Request: entities at UTF-16 offset 3: blockquote and expandable_blockquote entities can't be nested"),
        (with(vec![entity("bold", 0, 5), entity("code", 3, 2)]), "Bad Request: entities at UTF-16 offset 3: code and pre entities can't overlap other entities"),
        (with(vec![entity("bold", 0, 4), entity("blockquote", 3, 4)]), "Bad Request: entities at UTF-16 offset 3: a blockquote can't overlap another entity in part"),
        (with(vec![entity("shiny", 0, 1)]), "Bad Request: unsupported type of entity specified: shiny"),
        (with(vec![json!({"type": "text_link", "offset": 0, "length": 1, "url": "https://a.example/"})]), ""),
        (with(vec![entity("text_link", 0, 1)]), "Bad Request: text_link entity: URL is empty; Telegram drops it"),
        (json!({"text": "好".repeat(200), "entities": (0..100).map(|n| entity("bold", n * 2, 1)).collect::<Vec<_>>()}), ""),
        (json!({"text": "好".repeat(202), "entities": (0..101).map(|n| entity("bold", n * 2, 1)).collect::<Vec<_>>()}), "Bad Request: ENTITIES_TOO_LONG: a message carries at most 100 entities, Telegram drops the rest"),
    ])
    .await;
}

#[tokio::test]
async fn keyboards() {
    let with = |markup: Value| json!({"text": "好", "reply_markup": markup});
    let one = |fields: Value| json!({"text": "好", "reply_markup": button(&fields)});
    check(
        "sendMessage",
        vec![
            (with(keyboard(12, 8)), ""),
            (with(keyboard(13, 8)), "Bad Request: REPLY_MARKUP_TOO_LONG"),
            (with(keyboard(1, 9)), "Bad Request: BUTTONS_TOO_MUCH: at most 8 buttons fit a row"),
            (one(json!({"text": "a", "callback_data": "好".repeat(21)})), ""),
            (one(json!({"text": "a", "callback_data": "a".repeat(65)})), "Bad Request: BUTTON_DATA_INVALID"),
            (one(json!({"text": "a", "callback_data": ""})), "Bad Request: BUTTON_DATA_INVALID"),
            (
                one(json!({"text": "a"})),
                "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            ),
            (
                one(json!({"text": "a", "callback_data": "a", "url": "https://a.example/"})),
                "Bad Request: can't parse inline keyboard button: exactly one of the optional fields must be used",
            ),
            (
                one(json!({"text": "", "callback_data": "a"})),
                "Bad Request: can't parse inline keyboard button: field \"text\" must be non-empty",
            ),
            (
                one(json!({"text": "a", "url": "http://localhost/"})),
                "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
            ),
            (
                one(json!({"text": "a", "url": "javascript:1"})),
                "Bad Request: inline keyboard button URL 'javascript:1' is invalid: Unsupported URL protocol",
            ),
            (one(json!({"text": "a", "copy_text": {"text": "好".repeat(256)}})), ""),
            (
                one(json!({"text": "a", "copy_text": {"text": "好".repeat(257)}})),
                "Bad Request: BUTTON_COPY_TEXT_INVALID",
            ),
            (one(json!({"text": "a", "switch_inline_query_current_chat": ""})), ""),
        ],
    )
    .await;
}

#[tokio::test]
async fn replies() {
    let to = |reply: Value| json!({"text": "好", "reply_parameters": reply});
    check(
        "sendMessage",
        vec![
            (to(json!({"message_id": 1})), ""),
            (to(json!({"message_id": 99})), "Bad Request: message to be replied not found"),
            (to(json!({"message_id": 99, "allow_sending_without_reply": true})), ""),
            (to(json!({"message_id": 1, "quote": "租金"})), ""),
            (
                to(json!({"message_id": 1, "quote": "房租"})),
                "Bad Request: QUOTE_TEXT_INVALID: the quote is no part of the message",
            ),
            (
                to(json!({"message_id": 1, "quote": "好".repeat(1025)})),
                "Bad Request: QUOTE_TEXT_INVALID: a quote has at most 1024 characters",
            ),
            (to(json!({"quote": "租金"})), "Bad Request: can't parse reply parameters: message_id is missing"),
            (json!({"text": "好", "message_thread_id": 77}), "Bad Request: message thread not found"),
        ],
    )
    .await;
}

#[tokio::test]
async fn chats_the_bot_may_not_write_to() {
    let bot = Bot::start().await;
    let telegram = &bot.telegram;
    let small = telegram.add_chat(-55, ChatKind::Group, "小群", &[XIAOLIN]);
    let grown = telegram.migrate(small);
    telegram.send_text(ALICE, ALICE, "hi");
    telegram.block(ALICE);
    telegram.set_standing(GROUP, OPERATOR, Standing::Kicked);
    let to = |chat: i64| json!({"chat_id": chat, "text": "好"});
    assert_eq!(bot.refused("sendMessage", json!({"text": "好"})).await, "Bad Request: chat_id is empty");
    assert_eq!(bot.refused("sendMessage", to(4)).await, "Bad Request: chat not found");
    assert_eq!(bot.refused("sendMessage", to(YATING)).await, "Forbidden: bot can't initiate conversation with a user");
    assert_eq!(bot.refused("sendMessage", to(ALICE)).await, "Forbidden: bot was blocked by the user");
    assert_eq!(bot.refused("sendMessage", to(GROUP)).await, "Forbidden: bot was kicked from the supergroup chat");
    let told = bot.ask("sendMessage", to(small)).await;
    assert_eq!(told["description"], "Bad Request: group chat was upgraded to a supergroup chat");
    assert_eq!(told["parameters"], json!({"migrate_to_chat_id": grown}));
    telegram.unblock(ALICE);
    bot.call("sendMessage", to(ALICE)).await;
    bot.call("sendMessage", to(grown)).await;
    assert_eq!(telegram.refusals().len(), 6);
}

#[tokio::test]
async fn edits() {
    let bot = Bot::start().await;
    let theirs = bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
    let ours = bot.say(XIAOLIN, "在").await;
    let edit = |id: i64, text: &str| json!({"chat_id": XIAOLIN, "message_id": id, "text": text});
    assert!(bot.refused("editMessageText", edit(ours, "在")).await.starts_with("Bad Request: message is not modified"));
    assert_eq!(bot.refused("editMessageText", edit(99, "在")).await, "Bad Request: message to edit not found");
    assert_eq!(bot.refused("editMessageText", edit(theirs, "在")).await, "Bad Request: message can't be edited");
    assert_eq!(bot.refused("editMessageText", edit(ours, &"好".repeat(4097))).await, "Bad Request: MESSAGE_TOO_LONG");
    assert_eq!(
        bot.refused("editMessageText", json!({"inline_message_id": "x", "text": "a"})).await,
        "Bad Request: MESSAGE_ID_INVALID"
    );
    bot.call(
        "editMessageText",
        json!({"chat_id": XIAOLIN, "message_id": ours, "text": "我在", "reply_markup": keyboard(1, 1)}),
    )
    .await;
    let markup = |markup: Value| json!({"chat_id": XIAOLIN, "message_id": ours, "reply_markup": markup});
    assert!(
        bot.refused("editMessageReplyMarkup", markup(keyboard(1, 1))).await.starts_with("Bad Request: message is not")
    );
    bot.call("editMessageReplyMarkup", markup(json!({"inline_keyboard": []}))).await;
    let message = bot.telegram.revision(XIAOLIN, ours, 2, SOON).await.unwrap();
    assert_eq!((message.text.as_str(), message.revisions, message.keyboard.len()), ("我在", 2, 0));
    bot.call("deleteMessage", json!({"chat_id": XIAOLIN, "message_id": ours})).await;
    assert_eq!(
        bot.refused("deleteMessage", json!({"chat_id": XIAOLIN, "message_id": ours})).await,
        "Bad Request: message to delete not found"
    );
    assert_eq!(bot.refused("editMessageText", edit(ours, "又在")).await, "Bad Request: message to edit not found");
    let group = bot.telegram.send_text(GROUP, XIAOLIN, "大家好");
    assert_eq!(
        bot.refused("deleteMessage", json!({"chat_id": GROUP, "message_id": group})).await,
        "Bad Request: message can't be deleted"
    );
}

#[tokio::test]
async fn commands() {
    let list = |name: &str, description: &str| json!({"commands": [{"command": name, "description": description}]});
    check(
        "setMyCommands",
        vec![
            (list("ask_1", "提问"), ""),
            (list(&"a".repeat(32), &"好".repeat(256)), ""),
            (list(&"a".repeat(33), "提问"), "Bad Request: command length must not exceed 32"),
            (list("Ask", "提问"), "Bad Request: BOT_COMMAND_INVALID"),
            (list("", "提问"), "Bad Request: command must be non-empty"),
            (list("ask", ""), "Bad Request: command description must be non-empty"),
            (list("ask", &"好".repeat(257)), "Bad Request: command description length must not exceed 256"),
            (
                json!({"commands": vec![json!({"command": "a", "description": "b"}); 101]}),
                "Bad Request: BOT_COMMANDS_TOO_MUCH",
            ),
            (json!({"commands": [], "language_code": "zh-hant"}), "Bad Request: invalid language code specified"),
            (
                json!({"commands": [], "scope": {"type": "everyone"}}),
                "Bad Request: can't parse BotCommandScope: unsupported type specified",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn other_words_and_deeds() {
    let bot = Bot::start().await;
    bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
    let to = |parameters: Value| {
        let mut request = json!({"chat_id": XIAOLIN, "message_id": 1});
        request.as_object_mut().unwrap().extend(parameters.as_object().unwrap().clone());
        request
    };
    for (method, parameters, expected) in [
        ("sendChatAction", json!({"action": "dance"}), "Bad Request: wrong parameter action in request"),
        (
            "setMessageReaction",
            json!({"reaction": [{"type": "emoji", "emoji": "🦆"}]}),
            "Bad Request: REACTION_INVALID",
        ),
        (
            "setMyShortDescription",
            json!({"short_description": "好".repeat(121)}),
            "Bad Request: short_description is too long, at most 120 characters",
        ),
        ("getFile", json!({"file_id": "none"}), "Bad Request: invalid file_id"),
        ("sendDocument", json!({"document": "none"}), "Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendDocument", json!({}), "Bad Request: there is no document in the request"),
        (
            "sendDocument",
            json!({"document": "x", "caption": "好".repeat(1025)}),
            "Bad Request: message caption is too long",
        ),
        (
            "answerCallbackQuery",
            json!({"callback_query_id": "1"}),
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "answerCallbackQuery",
            json!({"callback_query_id": "1", "text": "好".repeat(201)}),
            "Bad Request: MESSAGE_TOO_LONG",
        ),
        ("sendPigeon", json!({}), "Not Found: method not found"),
    ] {
        assert_eq!(bot.refused(method, to(parameters)).await, expected, "{method}");
    }
    let wrong = format!("{}/bot1:x/getMe", bot.telegram.api_url());
    let answer: Value = bot.client.get(wrong).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer, json!({"ok": false, "error_code": 401, "description": "Unauthorized"}));
}

#[tokio::test]
async fn inline_results() {
    let bot = Bot::start().await;
    let article = |id: &str| json!({"type": "article", "id": id, "title": "张江", "input_message_content": {"message_text": "租金"}});
    let many = |count: usize| (0..count).map(|n| article(&n.to_string())).collect::<Vec<_>>();
    let empty = json!({"type": "article", "id": "a", "title": "张江", "input_message_content": {"message_text": " "}});
    for (results, next_offset, expected) in [
        (json!(many(51)), "", "Bad Request: RESULTS_TOO_MUCH"),
        (json!([article("a"), article("a")]), "", "Bad Request: RESULT_ID_DUPLICATE"),
        (json!([article(&"a".repeat(65))]), "", "Bad Request: RESULT_ID_INVALID"),
        (json!([article("")]), "", "Bad Request: RESULT_ID_INVALID"),
        (json!([article("a")]), &"1".repeat(65), "Bad Request: NEXT_OFFSET_INVALID"),
        (json!([empty]), "", "Bad Request: message text is empty"),
        (json!(many(50)), &"1".repeat(64), ""),
    ] {
        let id = bot.telegram.inline_query(XIAOLIN, XIAOLIN, "租金", "");
        let request = json!({"inline_query_id": id, "results": results, "next_offset": next_offset});
        let answer = bot.ask("answerInlineQuery", request).await;
        assert_eq!(answer["description"].as_str().unwrap_or_default(), expected);
    }
}
