//! What stands on buttons, and what shows when one was pressed.

use super::sentences;

sentences! {
    /// The next sources.
    more: "更多", "更多", "More";
    /// The sources before.
    fewer: "‹ 上一批", "‹ 上一批", "‹ Previous";
    /// The whole passage.
    context: "上下文", "上下文", "Context";
    /// The next excerpt's passage.
    next_context: "下一处 ›", "下一處 ›", "Next ›";
    /// Back to the answer.
    back: "‹ 返回", "‹ 返回", "‹ Back";
    /// The source's address.
    original: "🔗 原文", "🔗 原文", "🔗 Source";
    /// Takes the question literally.
    literal: "按原字查找", "按原字查找", "Search literally";
    /// Takes the question as it was understood before.
    not_literal: "‹ 恢复", "‹ 恢復", "‹ Undo";
    /// Drops the park taken from before.
    drop_park: "不限园区", "不限園區", "All parks";
    /// Back to one excerpt a park.
    all_parks: "‹ 各园区", "‹ 各園區", "‹ All parks";
    /// Back to the list of parks.
    parks: "‹ 园区列表", "‹ 園區列表", "‹ Parks";
    /// The outline of a document.
    outline: "目录", "目錄", "Outline";
    /// Back to the outline.
    to_outline: "‹ 目录", "‹ 目錄", "‹ Outline";
    /// The passage after this one.
    next_passage: "下一段 ›", "下一段 ›", "Next ›";
    /// The passage before this one.
    previous_passage: "‹ 上一段", "‹ 上一段", "‹ Previous";
    /// The next page of a list.
    next_page: "下一页 ›", "下一頁 ›", "Next ›";
    /// The page of a list before.
    previous_page: "‹ 上一页", "‹ 上一頁", "‹ Previous";
    /// Answers from the documents as they are now.
    again: "🔄 用新资料回答", "🔄 用新資料回答", "🔄 Answer anew";
    /// Lets the language be learned.
    automatic: "自动", "自動", "Automatic";
    /// Leads from inline mode to the private chat.
    ask_in_private: "没有找到，去私聊里问", "沒有找到，去私聊裡問", "Nothing found; ask me in private";

    /// 👍 or 👎 was stored.
    rated: "谢谢，已记下。", "謝謝，已記下。", "Thank you, noted.";
    /// 👍 became 👎 or the other way round.
    rating_changed: "已改好，谢谢。", "已改好，謝謝。", "Changed, thank you.";
    /// The same was pressed again.
    rated_before: "已经记下了，谢谢。", "已經記下了，謝謝。", "Noted already, thank you.";
    /// The question was deleted.
    question_gone: "这个问题的记录已删除，请再问一次。", "這個問題的記錄已刪除，請再問一次。", "The record of this question was deleted; please ask again.";
    /// The generation of the button is not loaded any more.
    generation_gone: "资料已经更新，这个按钮属于旧版本。可点「用新资料回答」，或再问一次。", "資料已經更新，這個按鈕屬於舊版本。可點「用新資料回答」，或再問一次。", "The documents were updated and this button belongs to the old ones. Press “Answer anew” or ask again.";
    /// The same for a button that no question stands behind.
    list_gone: "资料已经更新，请重新打开。", "資料已經更新，請重新打開。", "The documents were updated; please open this again.";
    /// The button is not one of ours.
    unknown_button: "这个按钮已经失效。", "這個按鈕已經失效。", "This button does not work any more.";
    /// Handling the button went wrong.
    button_failed: "抱歉，刚才没有处理好，请再点一次。", "抱歉，剛才沒有處理好，請再點一次。", "Sorry, that did not work; please press again.";
}
