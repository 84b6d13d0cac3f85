package dev.wonflow.testsupport;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTablesTest {

    private static final Map<String, String> INBOX =
            Map.of("inbox.sql", "CREATE TABLE inbox (\n    consumer text\n);\n");

    @Test
    void a_copy_may_have_a_comment_above_it() {
        assertThatCode(() -> ReferenceTables.check(
                        INBOX,
                        Map.of("V0003__create_inbox.sql", "-- From libs/inbox.\n" + INBOX.get("inbox.sql") + "\n")))
                .doesNotThrowAnyException();
    }

    @Test
    void a_changed_word_is_found() {
        assertThatThrownBy(() -> ReferenceTables.check(
                        INBOX, Map.of("V0003__create_inbox.sql", "CREATE TABLE inbox (\n    consumer varchar\n);\n")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("inbox.sql");
    }

    @Test
    void a_missing_copy_is_found() {
        assertThatThrownBy(() -> ReferenceTables.check(INBOX, Map.of())).isInstanceOf(AssertionError.class);
    }

    @Test
    void no_reference_at_all_is_a_mistake_and_not_a_success() {
        assertThatThrownBy(() -> ReferenceTables.check(Map.of(), Map.of())).isInstanceOf(AssertionError.class);
    }
}
