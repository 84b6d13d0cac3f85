package dev.wonflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class OutboxRowsTest {

    /** Not the table's order: a column is found by its name. */
    private static final List<String> COLUMNS =
            List.of("payload", "id", "aggregatetype", "aggregateid", "type", "sequence", "tenant_id", "occurred_at");

    private final OutboxRows rows = new OutboxRows();

    @Test
    void a_row_becomes_a_record_by_the_names_of_its_columns() {
        rows.relation(aRelation());

        var record = rows.insert(anInsert('t'));

        assertThat(record.topic()).isEqualTo("value of aggregatetype");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("value of aggregateid");
        assertThat(new String(record.value(), UTF_8)).isEqualTo("value of payload");
        assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                .isEqualTo("value of id");
        assertThat(new String(record.headers().lastHeader("ce_time").value(), UTF_8))
                .isEqualTo("value of occurred_at");
        assertThat(record.headers().toArray()).hasSize(10);
    }

    @Test
    void a_value_that_did_not_come_is_no_row() {
        rows.relation(aRelation());

        assertThatThrownBy(() -> rows.insert(anInsert('u'))).hasMessage("column 0: kind u (expected: t)");
    }

    @Test
    void a_commit_is_confirmed_to_its_end() {
        ByteBuffer commit = ByteBuffer.allocate(25);
        commit.put((byte) 0).putLong(100).putLong(200).putLong(0).flip();

        assertThat(OutboxRows.endOfCommit(commit)).isEqualTo(LogSequenceNumber.valueOf(200));
    }

    private static ByteBuffer aRelation() {
        ByteBuffer relation = ByteBuffer.allocate(1000);
        relation.putInt(16384);
        text(relation, "public");
        text(relation, "outbox");
        relation.put((byte) 'd').putShort((short) COLUMNS.size());
        for (String column : COLUMNS) {
            relation.put((byte) 0);
            text(relation, column);
            relation.putInt(25).putInt(-1);
        }
        return relation.flip();
    }

    private static ByteBuffer anInsert(char kind) {
        ByteBuffer insert = ByteBuffer.allocate(1000);
        insert.putInt(16384).put((byte) 'N').putShort((short) COLUMNS.size());
        for (String column : COLUMNS) {
            byte[] value = ("value of " + column).getBytes(UTF_8);
            insert.put((byte) kind).putInt(value.length).put(value);
        }
        return insert.flip();
    }

    private static void text(ByteBuffer buffer, String text) {
        buffer.put(text.getBytes(UTF_8)).put((byte) 0);
    }
}
