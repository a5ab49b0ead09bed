//! A button that was pressed. Whatever it carries, the person's waiting ends and nothing breaks.

use std::sync::Arc;

use teloxide::types::{CallbackQuery, MaybeInaccessibleMessage};

use crate::journal::{Cited, QuestionId, Rated, Rating, StoredQuestion, Verdict};
use crate::telegram::callback::{Press, Reading, ShortId, View};
use crate::telegram::carried::Carried as _;
use crate::telegram::edition::Edition;
use crate::telegram::intake::Context;
use crate::telegram::message::Frame;
use crate::telegram::script::Script;
use crate::telegram::sender::{Body, Destination, Target};
use crate::telegram::{keyboard, message, shelf, text};

use super::asker::{Asker, park_number};
use super::desk::Desk;
use super::pressed::Pressed;
use super::question::{Asked, ask};
use super::{content, inline, operator, stored};

/// A press, with what is needed to answer it.
struct Pressing<'a> {
    desk: &'a Desk,
    context: &'a Context,
    query: &'a CallbackQuery,
    asker: Asker,
    button: Pressed,
}

pub(super) async fn handle(desk: Arc<Desk>, context: Context, query: CallbackQuery) -> anyhow::Result<()> {
    let Some(button) = Pressed::of(&query, &context.sender) else { return Ok(()) };
    let to = query.message.as_ref().map(destination);
    let asker = Asker::of_user(&desk, &query.from, to).await?;
    let pressing = Pressing { desk: &desk, context: &context, query: &query, asker, button };
    if let Some(press) = query.data.as_deref().and_then(Press::parse) {
        return pressing.act(press).await;
    }
    if operator::pressed(&desk, &context, &pressing.asker, &query, &pressing.button).await? {
        return Ok(());
    }
    pressing.button.toast(text::unknown_button(pressing.asker.script()));
    Ok(())
}

/// Where a button's answer goes that is a message of its own.
fn destination(message: &MaybeInaccessibleMessage) -> Destination {
    let chat = message.chat();
    let regular = message.regular_message();
    Destination {
        chat: chat.id,
        thread: regular.and_then(|message| message.thread_id.filter(|_| message.is_topic_message)),
        reply_to: (!chat.is_private()).then_some(message.id()),
    }
}

impl Pressing<'_> {
    async fn act(self, press: Press) -> anyhow::Result<()> {
        let script = self.asker.script();
        match press {
            Press::Show(view) => self.show(view).await,
            Press::Context(view, place) => self.around_citation(view, place).await,
            Press::Rate(view, verdict) => self.rate(view, verdict).await,
            Press::Again(question) => self.again(question).await,
            Press::Near(view, passage) => self.near(view, passage).await,
            Press::Example(generation, passage) => self.example(generation, passage).await,
            Press::Read(generation, passage) => {
                self.browse(Some(generation), |e| shelf::read(e, passage, script)).await
            }
            Press::Parks(page) => self.browse(None, |e| Some(shelf::parks(e, page, script))).await,
            Press::Park(generation, park, page) => {
                self.browse(Some(generation), |e| shelf::park(e, park, page, script)).await
            }
            Press::Outline(generation, document, page) => {
                self.browse(Some(generation), |e| shelf::outline(e, document, page, script)).await
            }
            Press::Around(generation, passage, start, end) => {
                self.browse(Some(generation), |e| inline::around(e, passage, start, end, script)).await
            }
            Press::Card(generation, passage, start, end) => {
                self.browse(Some(generation), |e| inline::card(e, passage, start, end, script)).await
            }
            Press::Language(chosen) => self.language(chosen).await,
        }
    }

    /// Shows an answer, a page of it, or the same question read otherwise.
    async fn show(self, view: View) -> anyhow::Result<()> {
        let Some((stored, edition)) = self.found(view).await? else { return Ok(()) };
        self.redraw(stored, &edition, view).await
    }

    async fn redraw(self, stored: StoredQuestion, edition: &Edition, view: View) -> anyhow::Result<()> {
        let script = self.asker.script_after(&stored.question.script);
        let question = stored::question(&stored)?;
        let reply = self.desk.reply(edition, question, view.reading).await?;
        // A park taken from before may turn out to be named by the question.
        let page = view.page.min(u8::try_from(reply.pages() - 1).unwrap_or(u8::MAX));
        let view = View { reading: reply.reading, page, ..view };
        let frame = self.frame(&stored).await?;
        self.button.show(stored::body(&reply, view, edition, script, &frame)).await;
        if stored.question.person == self.asker.person && view.page == 0 {
            let knowledge = &edition.generation.knowledge;
            let park = reply.park(knowledge).map(|park| knowledge.parks.all[park].name.clone());
            self.desk.journal.set_park(stored.question.chat, self.asker.person, park).await?;
        }
        Ok(())
    }

    /// Shows the passage of a citation.
    async fn around_citation(self, view: View, place: u8) -> anyhow::Result<()> {
        let Some((stored, edition)) = self.found(view).await? else { return Ok(()) };
        let script = self.asker.script_after(&stored.question.script);
        let reply = self.desk.reply(&edition, stored::question(&stored)?, view.reading).await?;
        let shown = reply.shown(view.page);
        let corpus = &edition.generation.knowledge.corpus;
        let Some((citation, passage)) = (shown.get(usize::from(place)))
            .and_then(|citation| Some((citation, corpus.passages.get(citation.passage)?)))
        else {
            self.button.toast(text::unknown_button(script));
            return Ok(());
        };
        let at = |byte: usize| byte.saturating_sub(passage.range.start);
        let marked = at(citation.excerpt.start)..at(citation.excerpt.end);
        let (source, headings, lapse) = (&citation.source, &citation.headings, citation.lapse.as_ref());
        let rich = message::passage(corpus.text(passage), Some(marked), source, headings, lapse, script);
        let buttons = keyboard::context(view, place, shown.len(), citation.source.url.as_deref(), script);
        self.button.show(shelf::body(rich, buttons)).await;
        Ok(())
    }

    /// Shows a passage near a declined question.
    async fn near(self, view: View, passage: u32) -> anyhow::Result<()> {
        let Some((stored, edition)) = self.found(view).await? else { return Ok(()) };
        let script = self.asker.script_after(&stored.question.script);
        let corpus = &edition.generation.knowledge.corpus;
        let Some(passage) = corpus.passages.get(passage as usize) else {
            self.button.toast(text::unknown_button(script));
            return Ok(());
        };
        let source = corpus.source(passage);
        let lapse = edition.lapse(passage.document);
        let rich = message::passage(corpus.text(passage), None, source, &passage.headings, lapse.as_ref(), script);
        self.button.show(shelf::body(rich, keyboard::near(view, source.url.as_deref(), script))).await;
        Ok(())
    }

    /// Stores 👍 or 👎 with what is shown.
    async fn rate(self, view: View, verdict: Verdict) -> anyhow::Result<()> {
        let Some(stored) = self.stored(view.question).await? else { return Ok(()) };
        let is_own = stored.question.person == self.asker.person;
        let script = if is_own { self.asker.script_after(&stored.question.script) } else { self.asker.script() };
        let edition = self.desk.editions.find(view.generation);
        let citation = self.shown_first(&stored, edition.as_ref(), view).await?;
        let generation = edition.map_or(stored.question.generation, |edition| edition.generation.id.clone());
        let rating = Rating { question: stored.id, person: self.asker.person, verdict, generation, citation };
        self.button.toast(match self.desk.journal.rate(rating).await? {
            Rated::New => text::rated(script),
            Rated::Changed => text::rating_changed(script),
            Rated::Same => text::rated_before(script),
            Rated::QuestionGone => text::question_gone(script),
        });
        Ok(())
    }

    /// The first citation of what is shown; of documents that are gone, what the journal has.
    async fn shown_first(
        &self,
        stored: &StoredQuestion,
        edition: Option<&Edition>,
        view: View,
    ) -> anyhow::Result<Option<Cited>> {
        let Some(edition) = edition else { return Ok(stored.question.citations.first().cloned()) };
        let reply = self.desk.reply(edition, stored::question(stored)?, view.reading).await?;
        Ok(stored::cited(&reply, view.page).into_iter().next())
    }

    /// Answers a question from the documents as they are now, in the place of its old answer.
    async fn again(self, question: QuestionId) -> anyhow::Result<()> {
        let Some(stored) = self.stored(question).await? else { return Ok(()) };
        let edition = self.desk.editions.current();
        let carried = stored.question.park.as_deref().and_then(|park| park_number(&edition, park));
        let reading = Reading { carried, ..Reading::default() };
        let started = std::time::Instant::now();
        let reply = self.desk.reply(&edition, stored::question(&stored)?, reading).await?;
        let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        let script = self.asker.script_after(&stored.question.script);
        let mut row = stored::row(&self.asker, None, &stored.question.text, script, &edition, &reply, micros);
        row.person = stored.question.person;
        row.chat = stored.question.chat;
        row.asked_at = stored.question.asked_at;
        row.about.clone_from(&stored.question.about);
        (row.message, row.answer_message) = (stored.question.message, stored.question.answer_message);
        self.desk.journal.replace_question(stored.id, row).await?;
        let view = View { question, generation: edition.short, reading: reply.reading, page: 0 };
        self.redraw(stored, &edition, view).await
    }

    /// Asks an example question for whoever pressed it.
    async fn example(self, generation: ShortId, passage: u32) -> anyhow::Result<()> {
        let edition = self.desk.editions.find(generation);
        let passages = edition.as_ref().map(|edition| &edition.generation.knowledge.corpus.passages);
        let passage =
            passages.and_then(|passages| passages.get(passage as usize)).filter(|passage| passage.answers_heading);
        let Some(question) = passage.and_then(|passage| passage.headings.last()).cloned() else {
            self.button.toast(text::list_gone(self.asker.script()));
            return Ok(());
        };
        self.button.end();
        let what = Asked { text: question, message: None, replied: None, before: Vec::new() };
        // Who pressed an example meant it as it stands there.
        let mut asker = self.asker;
        asker.park = None;
        ask(self.desk, self.context, asker, what).await
    }

    /// Shows something of an edition, in place.
    async fn browse(
        self,
        generation: Option<ShortId>,
        page: impl FnOnce(&Edition) -> Option<Body>,
    ) -> anyhow::Result<()> {
        let edition = match generation {
            Some(generation) => self.desk.editions.find(generation),
            None => Some(self.desk.editions.current()),
        };
        match edition.as_ref().and_then(page) {
            Some(body) => {
                self.button.show(body).await;
            }
            None => self.button.toast(text::list_gone(self.asker.script())),
        }
        Ok(())
    }

    async fn language(self, chosen: Option<Script>) -> anyhow::Result<()> {
        let tag = chosen.map(|script| script.tag().to_owned());
        self.desk.journal.set_language(self.asker.chat, self.asker.person, tag).await?;
        let script = chosen.unwrap_or_else(|| Script::of_app(self.query.from.language_code.as_deref()));
        let said = if chosen.is_some() { text::language_chosen(script) } else { text::language_learned(script) };
        self.button.show(content::plain(said)).await;
        Ok(())
    }

    /// The question and the edition of a view; where one is gone, the person is told.
    async fn found(&self, view: View) -> anyhow::Result<Option<(StoredQuestion, Edition)>> {
        let Some(stored) = self.stored(view.question).await? else { return Ok(None) };
        if let Some(edition) = self.desk.editions.find(view.generation) {
            return Ok(Some((stored, edition)));
        }
        let script = self.asker.script_after(&stored.question.script);
        self.button.alert(text::generation_gone(script));
        let keyboard = Some(keyboard::again(stored.id, script));
        self.button.change_buttons(keyboard).await;
        Ok(None)
    }

    /// The question of a button, if it was asked where the button is; otherwise the person is told.
    async fn stored(&self, id: QuestionId) -> anyhow::Result<Option<StoredQuestion>> {
        let Some(stored) = self.desk.journal.question(id).await? else {
            self.button.toast(text::question_gone(self.asker.script()));
            return Ok(None);
        };
        let is_here = match &self.button.target {
            Target::Chat(..) => stored.question.chat == self.asker.chat,
            Target::Inline(_) => stored.question.message.is_none(),
        };
        if !is_here {
            self.button.toast(text::unknown_button(self.asker.script()));
            return Ok(None);
        }
        Ok(Some(stored))
    }

    /// The question stands over its answer where no message of its own stands over it.
    async fn frame(&self, stored: &StoredQuestion) -> anyhow::Result<Frame> {
        let alone = match stored.question.message {
            None => false,
            Some(message) => self.desk.journal.questions_in(stored.question.chat, message).await?.len() < 2,
        };
        let (asked, about) = ((!alone).then(|| stored.question.text.clone()), stored.question.about.clone());
        Ok(Frame { asked, about, notes: Vec::new() })
    }
}
