package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTablesTest {

    private static final Map<String, String> INBOX =
            Map.of("0001__inbox.sql", "CREATE TABLE inbox (\n    consumer text\n);\n");

    @Test
    void a_copy_may_have_a_comment_above_it() {
        assertThatCode(() -> ReferenceTables.check(
                        INBOX,
                        Map.of(
                                "V0003__create_inbox.sql",
                                "-- From libs/inbox.\n" + INBOX.get("0001__inbox.sql") + "\n")))
                .doesNotThrowAnyException();
    }

    @Test
    void a_changed_word_is_found() {
        assertThatThrownBy(() -> ReferenceTables.check(
                        INBOX, Map.of("V0003__create_inbox.sql", "CREATE TABLE inbox (\n    consumer varchar\n);\n")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0001__inbox.sql");
    }

    @Test
    void a_missing_copy_is_found() {
        assertThatThrownBy(() -> ReferenceTables.check(INBOX, Map.of())).isInstanceOf(AssertionError.class);
    }

    @Test
    void increments_in_another_order_are_found() {
        Map<String, String> increments = Map.of(
                "0001__inbox.sql",
                INBOX.get("0001__inbox.sql"),
                "0002__age.sql",
                "ALTER TABLE inbox ADD COLUMN age int;");
        String first = INBOX.get("0001__inbox.sql");
        String second = "ALTER TABLE inbox ADD COLUMN age int;\n";

        assertThatCode(() -> ReferenceTables.check(
                        increments, Map.of("V0003__create_inbox.sql", first, "V0030__add_age.sql", second)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ReferenceTables.check(
                        increments, Map.of("V0003__add_age.sql", second, "V0030__create_inbox.sql", first)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in this order");
    }

    @Test
    void library_nobody_has_listed_is_found_by_its_place_on_the_class_path() {
        assertThatThrownBy(ReferenceTables::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0001__mug_shelf.sql word for word");
    }

    @Test
    void no_reference_at_all_is_a_mistake_and_not_a_success() {
        assertThatThrownBy(() -> ReferenceTables.check(Map.of(), Map.of())).isInstanceOf(AssertionError.class);
    }
}
