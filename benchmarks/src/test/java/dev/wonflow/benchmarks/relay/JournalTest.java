package dev.wonflow.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalTest {

    private static final int ONE_KEY_LATER = Events.KEYS;

    private final Journal journal = new Journal(2 * Events.KEYS);

    @Test
    void an_event_that_never_came_is_lost() {
        journal.arrived(0, 10);
        journal.arrived(2, 11);

        assertThat(journal.lost(0, 3)).isEqualTo(1);
        assertThat(journal.distinct()).isEqualTo(2);
    }

    @Test
    void a_second_sighting_is_a_duplicate_and_no_disorder() {
        journal.arrived(0, 10);
        journal.arrived(ONE_KEY_LATER, 11);
        journal.arrived(0, 12);

        assertThat(journal.faults()).isEqualTo(new Journal.Faults(1, 0, 0));
    }

    @Test
    void an_event_after_a_later_one_of_its_key_is_out_of_order() {
        journal.arrived(ONE_KEY_LATER, 10);
        journal.arrived(0, 11);
        journal.arrived(1, 12);

        assertThat(journal.faults()).isEqualTo(new Journal.Faults(0, 1, 0));
    }

    @Test
    void a_number_that_was_never_written_is_foreign() {
        journal.arrived(2 * Events.KEYS, 10);
        journal.arrived(-1, 10);

        assertThat(journal.faults()).isEqualTo(new Journal.Faults(0, 0, 2));
    }

    @Test
    void latency_counts_from_before_the_commit_and_from_the_intended_moment() {
        journal.written(0, 1_000_000, 3_000_000, 4_000_000);
        journal.arrived(0, 6_000_000);

        assertThat(journal.sinceCommit(0, 1).percentile(50)).isEqualTo(3);
        assertThat(journal.sinceDue(0, 1).percentile(50)).isEqualTo(5);
        assertThat(journal.commits(0, 1).percentile(50)).isEqualTo(1);
    }
}
