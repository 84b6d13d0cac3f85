package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class SlotVerdictTest {

    private static final String SERVER = "7710902331695418127";
    private static final String PUBLICATION = "16398.750 16399.750 16400.750";

    @Test
    void an_untouched_slot_is_intact() {
        assertThat(verdict(aSlot("0/100"), aRecord("0/100"))).isInstanceOf(SlotVerdict.Intact.class);
        assertThat(verdict(aSlot("0/80"), aRecord("0/100"))).isInstanceOf(SlotVerdict.Intact.class);
    }

    @Test
    void without_slot_and_record_it_is_the_first_time() {
        assertThat(verdict(null, null)).isInstanceOf(SlotVerdict.First.class);
    }

    @Test
    void a_slot_that_someone_reads_is_taken_whatever_else_is_true_of_it() {
        SlotState read = new SlotState("payments", "pgoutput", true, "reserved", null, lsn("0/900"));

        assertThat(verdict(read, aRecord("0/100"))).isInstanceOf(SlotVerdict.Taken.class);
        assertThat(verdict(read, null)).isInstanceOf(SlotVerdict.Taken.class);
    }

    @Test
    void a_slot_ahead_of_our_record_has_skipped_something() {
        assertBroken(verdict(aSlot("0/101"), aRecord("0/100")), "stands at LSN{0/101}");
    }

    @Test
    void a_slot_we_do_not_remember_making_is_broken() {
        assertBroken(verdict(aSlot("0/100"), null), "no record of making it");
    }

    @Test
    void a_vanished_slot_is_broken() {
        assertBroken(verdict(null, aRecord("0/100")), "vanished");
    }

    @Test
    void a_slot_whose_log_is_gone_is_broken() {
        SlotState lost = new SlotState("payments", "pgoutput", false, "lost", null, lsn("0/100"));
        SlotState idle = new SlotState("payments", "pgoutput", false, "reserved", "idle_timeout", lsn("0/100"));

        assertBroken(verdict(lost, aRecord("0/100")), "WAL status lost");
        assertBroken(verdict(idle, aRecord("0/100")), "reason idle_timeout");
    }

    @Test
    void a_database_on_another_server_has_no_slot_of_ours() {
        assertBroken(
                SlotVerdict.of(aSlot("0/100"), aRecord("0/100"), "payments", "42", PUBLICATION, lsn("0/500")),
                "moved from server " + SERVER + " to 42");
    }

    @Test
    void a_server_whose_log_ends_before_our_record_is_an_older_copy() {
        assertBroken(
                SlotVerdict.of(aSlot("0/90"), aRecord("0/100"), "payments", SERVER, PUBLICATION, lsn("0/99")),
                "older copy");
    }

    @Test
    void a_publication_made_anew_may_have_hidden_changes() {
        assertBroken(
                SlotVerdict.of(aSlot("0/90"), aRecord("0/100"), "payments", SERVER, "17000.900", lsn("0/500")),
                "publication changed");
        assertBroken(
                SlotVerdict.of(aSlot("0/90"), aRecord("0/100"), "payments", SERVER, null, lsn("0/500")),
                "publication changed");
    }

    @Test
    void a_slot_of_another_database_or_plugin_is_left_alone() {
        SlotState others = new SlotState("orders", "pgoutput", true, "reserved", null, lsn("0/100"));
        SlotState decoding = new SlotState("payments", "test_decoding", false, "reserved", null, lsn("0/100"));
        SlotState physical = new SlotState(null, null, false, "reserved", null, null);

        assertThat(verdict(others, aRecord("0/100"))).isInstanceOf(SlotVerdict.Foreign.class);
        assertThat(verdict(decoding, null)).isInstanceOf(SlotVerdict.Foreign.class);
        assertThat(verdict(physical, null)).isInstanceOf(SlotVerdict.Foreign.class);
    }

    private static SlotVerdict verdict(@Nullable SlotState slot, @Nullable SlotRecord record) {
        return SlotVerdict.of(slot, record, "payments", SERVER, PUBLICATION, lsn("0/500"));
    }

    private static void assertBroken(SlotVerdict verdict, String why) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        SlotVerdict.Broken.class,
                        broken -> assertThat(broken.what()).contains(why));
    }

    private static SlotState aSlot(String confirmed) {
        return new SlotState("payments", "pgoutput", false, "reserved", null, lsn(confirmed));
    }

    private static SlotRecord aRecord(String published) {
        return new SlotRecord("payments", SERVER, PUBLICATION, lsn("0/10"), lsn(published), 5, 700, Instant.EPOCH);
    }

    private static LogSequenceNumber lsn(String text) {
        return LogSequenceNumber.valueOf(text);
    }
}
