package dev.wonflow.payment;

import dev.wonflow.testsupport.server.TestServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The WAL that is written from a moment on. The pages that PostgreSQL copies into it whole, each once after a
 * checkpoint, are left out: how many there are depends on when the last checkpoint was.
 *
 * @param position where the WAL ended at that moment
 */
record WrittenAhead(String position) {

    /** Begins now, with a checkpoint, so that no figure is good only because none was near. */
    static WrittenAhead now() {
        JdbcClient root = root();
        root.sql("CREATE EXTENSION IF NOT EXISTS pg_walinspect").update();
        root.sql("CHECKPOINT").update();
        return new WrittenAhead(root.sql("SELECT pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single());
    }

    /** Bytes of the records of the whole server that have reached the disk since. */
    long bytes() {
        return root().sql("""
                SELECT sum(record_size)::bigint
                FROM pg_get_wal_stats(CAST(? AS pg_lsn), pg_current_wal_flush_lsn())
                """).param(position).query(Long.class).single();
    }

    private static JdbcClient root() {
        return JdbcClient.create(TestServers.postgres().administration().dataSource());
    }
}
