//! A bot that is killed while it reloads.

use std::time::Duration;

use yuanwen::generation::Generation;
use yuanwen::operation::control::{self, Request};

use super::house::House;
use super::{alone, full};

/// How often it is killed; 200 times at full size.
const KILLS: usize = 20;
/// How much later than usual it may be ready.
const MORE: Duration = Duration::from_secs(2);

#[test]
fn a_bot_killed_at_any_moment_of_a_reload_starts_with_a_whole_generation() {
    let _alone = alone();
    let kills = if full() { 200 } else { KILLS };
    let house = House::new();
    let ids = [3, 4].map(|hectares| {
        house.grow(hectares);
        Generation::read(&house.knowledge()).unwrap().id
    });
    let mut reload = Duration::ZERO;
    let usual = (0..3).map(|round| {
        let bot = house.start(&[]);
        house.grow(3 + round % 2);
        let started = std::time::Instant::now();
        assert_eq!(house.run(&["reload"]).1, 0);
        reload = started.elapsed();
        bot.ready_after
    });
    let usual = usual.max().unwrap();
    let mut slowest = Duration::ZERO;
    for kill in 0..kills {
        let bot = house.start(&[]);
        slowest = slowest.max(bot.ready_after);
        // Beside a hundred other tests, time says nothing.
        assert!(!full() || bot.ready_after < usual + MORE, "ready after {:?}, usually {usual:?}", bot.ready_after);
        assert!(ids.contains(&bot.status().generation));
        house.grow(3 + kill % 2);
        let data = house.data();
        let asked = std::thread::spawn(move || control::ask(&data, &Request::Reload { force: false }, &mut |_| ()));
        // Each kill at another moment, the last ones after the reload.
        std::thread::sleep(reload * u32::try_from(kill).unwrap() / u32::try_from(kills).unwrap());
        bot.signal("KILL");
        bot.ended();
        let _ = asked.join();
    }
    println!(
        "{kills} kills: usually ready after {usual:?}, at most {slowest:?} after a kill; a reload takes {reload:?}"
    );
    let bot = house.start(&[]);
    assert_eq!(house.run(&["reload"]).1, 0);
    assert_eq!(bot.status().generation, ids[(kills - 1) % 2]);
}
