package dev.wonflow.work;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The table of work. Planning takes part in the caller's transaction, if there is one: the item exists if and only if
 * that commits, and wakes this instance's workers when it has. Ending an item takes part as well, so that an effect and
 * the end of the work that caused it are one commit.
 *
 * <p>Of a claim whose lease was lost to another worker nothing is changed; every method that ends claims answers which
 * were still held.
 */
public final class WorkTable {

    /** A plan made anew begins anew, failures and all. */
    private static final String PLAN = """
        INSERT INTO work AS item (kind, id, key, priority, due_at, payload, traceparent)
        SELECT kind, id, key, priority, due_at, payload, :traceparent
        FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[]), CAST(:keys AS text[]), CAST(:priorities AS int[]),
                    CAST(:dues AS timestamptz[]), CAST(:payloads AS text[]))
             AS plan (kind, id, key, priority, due_at, payload)
        ORDER BY kind, id
        ON CONFLICT (kind, id) DO UPDATE
        SET due_at = excluded.due_at, priority = excluded.priority, payload = excluded.payload,
            traceparent = excluded.traceparent, failures = 0, revision = item.revision + 1
        """;

    /** A date that was never set holds nothing back: LEAST passes over null. */
    private static final String BRING_FORWARD = """
        INSERT INTO work AS item (kind, id, key, priority, due_at, payload, traceparent)
        VALUES (:kind, :id, :key, :priority, :due, :payload, :traceparent)
        ON CONFLICT (kind, id) DO UPDATE
        SET due_at = LEAST(item.due_at, excluded.due_at), priority = GREATEST(item.priority, excluded.priority),
            traceparent = COALESCE(excluded.traceparent, item.traceparent), revision = item.revision + 1
        RETURNING due_at
        """;

    private static final String PULL = """
        UPDATE work SET due_at = LEAST(due_at, :due), revision = revision + 1
        WHERE kind = :kind AND id = :id AND due_at IS NOT NULL
        RETURNING due_at
        """;

    /** Held while it is looked at, so that nobody claims it between the look and the end. */
    private static final String CALL_OFF = """
        WITH held AS MATERIALIZED (
            SELECT leased_until > :now AS leased FROM work WHERE kind = :kind AND id = :id FOR UPDATE),
        gone AS (
            DELETE FROM work WHERE kind = :kind AND id = :id AND (SELECT leased IS NOT TRUE FROM held))
        UPDATE work SET due_at = NULL, revision = revision + 1
        WHERE kind = :kind AND id = :id AND (SELECT leased FROM held)
        """;

    private static final String CLAIMABLE = """
        work.due_at <= :now AND (work.leased_until IS NULL OR work.leased_until <= :now)
        AND NOT EXISTS (SELECT FROM work_pause WHERE work_pause.kind = work.kind)
        """;

    /** What was called off counts for as long as its worker has it, and then blocks nobody. */
    private static final String ALONE = """
        AND NOT EXISTS (SELECT FROM work AS other
                        WHERE other.key = work.key
                          AND (other.leased_until > :now
                               OR (other.kind = work.kind AND other.number < work.number
                                   AND other.due_at IS NOT NULL)))
        """;

    /** A row another worker is claiming at this moment is passed over, not waited for. */
    private static final String CLAIM = """
        WITH next AS MATERIALIZED (
            SELECT kind, id FROM work
            WHERE kind = :kind AND %s
            ORDER BY priority DESC, due_at
            LIMIT :limit
            FOR UPDATE SKIP LOCKED)
        UPDATE work
        SET leased_until = :leasedUntil, attempt = work.attempt + 1
        FROM next
        WHERE work.kind = next.kind AND work.id = next.id
        RETURNING work.id, work.key, work.priority, work.due_at, work.payload, work.traceparent,
                  work.attempt, work.failures, work.revision
        """;

    private static final String CLAIM_ANY = CLAIM.formatted(CLAIMABLE);
    private static final String CLAIM_KEYED = CLAIM.formatted(CLAIMABLE + ALONE);

    /** Two instances that look at the same moment would each see a key that nobody has. */
    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('work', 0))";

    private static final String DUE = """
        SELECT kind FROM unnest(CAST(:kinds AS text[])) AS wanted (kind)
        WHERE EXISTS (SELECT FROM work WHERE work.kind = wanted.kind AND %s)
        """.formatted(CLAIMABLE);

    private static final String DUE_KEYED = """
        SELECT kind FROM unnest(CAST(:kinds AS text[])) AS wanted (kind)
        WHERE EXISTS (SELECT FROM work WHERE work.kind = wanted.kind AND %s)
        """.formatted(CLAIMABLE + ALONE);

    /** The first of each priority is one step in the index, however many are planned. */
    private static final String NEXT_DUE = """
        SELECT min(first.due_at)
        FROM unnest(CAST(:kinds AS text[])) AS wanted (kind),
             generate_series(0, %d) AS level (priority),
             LATERAL (SELECT due_at FROM work
                      WHERE kind = wanted.kind AND work.priority = level.priority AND due_at > :now
                      ORDER BY due_at LIMIT 1) AS first
        """.formatted(WorkItem.HIGHEST);

    private static final String CLAIMS = """
        unnest(CAST(:kinds AS text[]), CAST(:ids AS text[]), CAST(:attempts AS bigint[]),
               CAST(:revisions AS bigint[]), CAST(:dues AS timestamptz[]))
            AS claim (kind, id, attempt, revision, due_at)
        WHERE work.kind = claim.kind AND work.id = claim.id AND work.attempt = claim.attempt
          AND work.leased_until IS NOT NULL
        """;

    /** What has waited for the end of an item because it has the same key. */
    private static final String WAITING = """
        (SELECT min(other.due_at) FROM work AS other
         WHERE other.key = work.key AND (other.kind, other.id) <> (work.kind, work.id)) AS waiting
        """;

    /** Rows are taken in the order in which plans take them, so that no two wait for each other. */
    private static final String DONE = """
        WITH held AS MATERIALIZED (
            SELECT work.kind, work.id FROM work, %s
              AND (work.revision = claim.revision OR work.due_at IS NULL)
            ORDER BY work.kind, work.id
            FOR UPDATE OF work)
        DELETE FROM work USING held
        WHERE work.kind = held.kind AND work.id = held.id
        RETURNING work.kind, work.id, work.attempt, CAST(NULL AS timestamptz) AS due_at, %s
        """.formatted(CLAIMS, WAITING);

    private static final String FAILED = """
        WITH held AS MATERIALIZED (
            SELECT work.kind, work.id, claim.due_at FROM work, %s
              AND work.revision = claim.revision
            ORDER BY work.kind, work.id
            FOR UPDATE OF work)
        UPDATE work SET leased_until = NULL, failures = work.failures + 1, due_at = held.due_at
        FROM held
        WHERE work.kind = held.kind AND work.id = held.id
        RETURNING work.kind, work.id, work.attempt, work.due_at, %s
        """.formatted(CLAIMS, WAITING);

    /**
     * What was planned anew meanwhile keeps its plan; what was called off is gone. Held while it is looked at, so that
     * neither happens between the look and the end.
     */
    private static final String LET_GO = "WITH held AS MATERIALIZED (SELECT work.kind, work.id, work.due_at FROM work, "
            + CLAIMS + """
            ORDER BY work.kind, work.id
            FOR UPDATE OF work),
        gone AS (
            DELETE FROM work USING held
            WHERE work.kind = held.kind AND work.id = held.id AND held.due_at IS NULL
            RETURNING work.kind, work.id, work.attempt, work.due_at,\s""" + WAITING + """
            ),
        left_over AS (
            UPDATE work SET leased_until = NULL FROM held
            WHERE work.kind = held.kind AND work.id = held.id AND held.due_at IS NOT NULL
            RETURNING work.kind, work.id, work.attempt, work.due_at,\s""" + WAITING + """
            )
        SELECT kind, id, attempt, due_at, waiting FROM gone
        UNION ALL SELECT kind, id, attempt, due_at, waiting FROM left_over
        """;

    private static final String PUT_BACK = """
        UPDATE work
        SET leased_until = NULL, failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END, due_at = :due,
            priority = :priority
        WHERE kind = :kind AND id = :id AND attempt = :attempt AND leased_until IS NOT NULL
        RETURNING kind, id, attempt, due_at,\s""" + WAITING;

    /** A row that is being changed is passed over, not waited for: the others' leases would run out meanwhile. */
    private static final String EXTEND =
            "WITH held AS MATERIALIZED (SELECT work.kind, work.id FROM work, " + CLAIMS + """
            FOR UPDATE OF work SKIP LOCKED)
        UPDATE work SET leased_until = :leasedUntil FROM held
        WHERE work.kind = held.kind AND work.id = held.id
        RETURNING work.kind, work.id, work.attempt, CAST(NULL AS timestamptz) AS due_at,
                  CAST(NULL AS timestamptz) AS waiting
        """;

    /** A row that is being changed is planned anew, or forgotten by another instance. */
    private static final String FORGET_CALLED_OFF = """
        WITH forgotten AS MATERIALIZED (
            SELECT kind, id FROM work WHERE due_at IS NULL AND leased_until <= :now FOR UPDATE SKIP LOCKED)
        DELETE FROM work USING forgotten WHERE work.kind = forgotten.kind AND work.id = forgotten.id
        """;

    private static final String PAUSE = """
        INSERT INTO work_pause (kind, reason, paused_at) VALUES (:kind, :reason, :now)
        ON CONFLICT (kind) DO UPDATE SET reason = excluded.reason
        """;

    private static final String BACKLOG = """
        SELECT kind, count(*) AS planned, count(*) FILTER (WHERE due_at <= :now) AS due,
               count(*) FILTER (WHERE leased_until > :now) AS leased,
               min(due_at) FILTER (WHERE due_at <= :now AND (leased_until IS NULL OR leased_until <= :now)) AS oldest
        FROM work GROUP BY kind
        """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Trace trace;
    private final ConcurrentMap<WorkKind, Alarm> alarms = new ConcurrentHashMap<>();

    public WorkTable(JdbcClient jdbc, TransactionOperations transaction, Clock clock, Trace trace) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.trace = trace;
    }

    /** Has an alarm set whenever something of the kind is planned here. */
    public void wake(WorkKind kind, Alarm alarm) {
        alarms.put(kind, alarm);
    }

    /** Does work on a claim as part of the trace in which it was planned. */
    public void resume(Claim claim, Runnable work) {
        trace.resume(claim.cause(), claim.kind().name(), work);
    }

    /** Plans an item, or plans it anew. One that a worker has at this moment is done once more after it. */
    public void plan(WorkItem item) {
        planAll(List.of(item));
    }

    /** Plans many with one statement. */
    public void planAll(List<WorkItem> items) {
        if (items.isEmpty()) {
            return;
        }
        jdbc.sql(PLAN)
                .param("kinds", texts(items, item -> item.kind().name()))
                .param("ids", texts(items, WorkItem::id))
                .param("keys", texts(items, WorkItem::key))
                .param("priorities", items.stream().mapToInt(WorkItem::priority).toArray())
                .param("dues", texts(items, item -> item.dueAt().toString()))
                .param("payloads", texts(items, WorkItem::payload))
                .param("traceparent", traceparent(), Types.VARCHAR)
                .update();
        items.stream()
                .collect(
                        Collectors.groupingBy(WorkItem::kind, Collectors.mapping(WorkItem::dueAt, Collectors.toList())))
                .forEach((kind, dues) -> announce(kind, dues.stream().min(Comparator.naturalOrder())));
    }

    /** Plans an item, and never for later than it was planned, nor with a lower priority. */
    public void bringForward(WorkItem item) {
        announce(
                item.kind(),
                jdbc.sql(BRING_FORWARD)
                        .param("kind", item.kind().name())
                        .param("id", item.id())
                        .param("key", item.key())
                        .param("priority", item.priority())
                        .param("due", utc(item.dueAt()))
                        .param("payload", item.payload())
                        .param("traceparent", traceparent(), Types.VARCHAR)
                        .query(WorkTable::dueAt)
                        .single());
    }

    /** Has an item that is planned done by {@code due}; one that is not planned stays so. */
    public void bringForward(WorkKind kind, String id, Instant due) {
        jdbc.sql(PULL)
                .param("kind", kind.name())
                .param("id", id)
                .param("due", utc(due))
                .query(WorkTable::dueAt)
                .optional()
                .ifPresent(planned -> announce(kind, planned));
    }

    /** Plans an item no more. A worker that has it at this moment is not disturbed. */
    public void callOff(WorkKind kind, String id) {
        jdbc.sql(CALL_OFF)
                .param("kind", kind.name())
                .param("id", id)
                .param("now", utc(clock.instant()))
                .update();
    }

    /** Which of the kinds have an item that can be claimed. */
    public Set<WorkKind> due(Collection<WorkKind> kinds, Instant now) {
        Map<String, WorkKind> byName = kinds.stream().collect(Collectors.toMap(WorkKind::name, Function.identity()));
        boolean keyed = kinds.stream().anyMatch(WorkKind::keyed);
        return jdbc
                .sql(keyed ? DUE_KEYED : DUE)
                .param("kinds", byName.keySet().toArray(String[]::new))
                .param("now", utc(now))
                .query(String.class)
                .list()
                .stream()
                .map(byName::get)
                .collect(Collectors.toSet());
    }

    /** When the first of those that are not due yet will be. */
    public Optional<Instant> nextDue(Collection<WorkKind> kinds, Instant now) {
        return jdbc.sql(NEXT_DUE)
                .param("kinds", kinds.stream().map(WorkKind::name).toArray(String[]::new))
                .param("now", utc(now))
                .query(WorkTable::dueAt)
                .single();
    }

    /**
     * Claims what is due, by priority and then by who has waited longest. Of a paused kind there is nothing.
     *
     * @return at most {@code limit}
     */
    public List<Claim> claim(WorkKind kind, Instant now, Instant leasedUntil, int limit) {
        if (!kind.keyed()) {
            return claim(CLAIM_ANY, kind, now, leasedUntil, limit);
        }
        return transaction.execute(_ -> {
            jdbc.sql(ONE_BY_ONE).query((row, _) -> true).single();
            return claim(CLAIM_KEYED, kind, now, leasedUntil, limit);
        });
    }

    private List<Claim> claim(String statement, WorkKind kind, Instant now, Instant leasedUntil, int limit) {
        return jdbc
                .sql(statement)
                .param("kind", kind.name())
                .param("now", utc(now))
                .param("leasedUntil", utc(leasedUntil))
                .param("limit", limit)
                .query((row, _) -> claim(kind, row))
                .list()
                .stream()
                .sorted(Comparator.comparingInt(Claim::priority).reversed().thenComparing(Claim::dueAt))
                .toList();
    }

    /**
     * Ends items for good, but for what was planned anew meanwhile.
     *
     * @return those that were still held
     */
    public Set<Claim> done(Collection<Claim> claims) {
        return ended(claims, DONE, List.of());
    }

    /** One that was not done, and when to try again. */
    public record Failure(Claim claim, Instant nextDue) {}

    /**
     * Has items done again later, but for what was planned anew meanwhile, which keeps its date.
     *
     * @return those that were still held
     */
    public Set<Claim> failed(Collection<Failure> failures) {
        return ended(
                failures.stream().map(Failure::claim).toList(),
                FAILED,
                failures.stream().map(Failure::nextDue).toList());
    }

    /**
     * Has an item done again at {@code due}, whatever was planned meanwhile.
     *
     * @param failed whether this attempt counts as a failure; otherwise failures are counted anew
     * @return whether it was still held
     */
    public boolean putBack(Claim claim, Instant due, int priority, boolean failed) {
        return !held(
                        List.of(claim),
                        jdbc.sql(PUT_BACK)
                                .param("kind", claim.kind().name())
                                .param("id", claim.id())
                                .param("attempt", claim.attempt())
                                .param("due", utc(due))
                                .param("priority", priority)
                                .param("failed", failed))
                .isEmpty();
    }

    /**
     * Gives items back as they are, for anybody to claim when they are due; such a claim counts as no failure.
     *
     * @return those that were still held
     */
    public Set<Claim> letGo(Collection<Claim> claims) {
        return ending(claims, LET_GO, List.of());
    }

    /**
     * Extends leases, but for those whose item is being planned anew, called off or ended at this moment.
     *
     * @param claims may change meanwhile, as a set of those under way does
     * @return those that were extended
     */
    public Set<Claim> extend(Collection<Claim> claims, Instant leasedUntil) {
        List<Claim> now = List.copyOf(claims);
        if (now.isEmpty()) {
            return Set.of();
        }
        return held(now, statement(now, EXTEND, List.of()).param("leasedUntil", utc(leasedUntil)));
    }

    /** Clears away what was called off while a worker had it that then died. */
    public int forgetCalledOff() {
        return jdbc.sql(FORGET_CALLED_OFF).param("now", utc(clock.instant())).update();
    }

    /**
     * Has nobody claim anything of the kind until it is resumed; what is under way goes on. What a {@link WorkQueue}
     * has claimed and not begun goes back when it sees the pause: it looks at least every third of its lease.
     */
    public void pause(WorkKind kind, String reason) {
        jdbc.sql(PAUSE)
                .param("kind", kind.name())
                .param("reason", reason)
                .param("now", utc(clock.instant()))
                .update();
    }

    public void resume(WorkKind kind) {
        jdbc.sql("DELETE FROM work_pause WHERE kind = :kind")
                .param("kind", kind.name())
                .update();
        announce(kind, Optional.of(clock.instant()));
    }

    /** The paused kinds by name, each with the reason. */
    public Map<String, String> paused() {
        return jdbc
                .sql("SELECT kind, reason FROM work_pause")
                .query((row, _) -> Map.entry(row.getString("kind"), row.getString("reason")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * What there is of a kind.
     *
     * @param planned all items
     * @param due those whose date has come, being worked on or not
     * @param leased those being worked on
     * @param oldestDue since when the oldest one that nobody works on has been due
     */
    public record Backlog(
            long planned, long due, long leased, @Nullable Instant oldestDue) {

        static final Backlog EMPTY = new Backlog(0, 0, 0, null);
    }

    /** The backlogs by name of their kind; reads the whole table. */
    public Map<String, Backlog> backlogs() {
        return jdbc
                .sql(BACKLOG)
                .param("now", utc(clock.instant()))
                .query((row, _) -> Map.entry(row.getString("kind"), backlog(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Set<Claim> ended(Collection<Claim> claims, String statement, List<Instant> dues) {
        Set<Claim> ended = new HashSet<>(ending(claims, statement, dues));
        if (ended.size() < claims.size()) {
            ended.addAll(letGo(
                    claims.stream().filter(claim -> !ended.contains(claim)).toList()));
        }
        return ended;
    }

    private Set<Claim> ending(Collection<Claim> claims, String statement, List<Instant> dues) {
        return claims.isEmpty() ? Set.of() : held(claims, statement(claims, statement, dues));
    }

    private JdbcClient.StatementSpec statement(Collection<Claim> claims, String sql, List<Instant> dues) {
        return jdbc.sql(sql)
                .param("kinds", texts(claims, claim -> claim.kind().name()))
                .param("ids", texts(claims, Claim::id))
                .param("attempts", claims.stream().mapToLong(Claim::attempt).toArray())
                .param("revisions", claims.stream().mapToLong(Claim::revision).toArray())
                .param("dues", dues.stream().map(Instant::toString).toArray(String[]::new));
    }

    private Set<Claim> held(Collection<Claim> claims, JdbcClient.StatementSpec statement) {
        record Name(String kind, String id, long attempt) {}
        Map<Name, Claim> byName = claims.stream()
                .collect(Collectors.toMap(
                        claim -> new Name(claim.kind().name(), claim.id(), claim.attempt()),
                        Function.identity(),
                        (one, _) -> one));
        Set<Claim> held = new HashSet<>();
        statement.query(row -> {
            Name name = new Name(row.getString("kind"), row.getString("id"), row.getLong("attempt"));
            Claim claim = Objects.requireNonNull(byName.get(name), "a claim that was asked about");
            held.add(claim);
            announce(claim.kind(), instant(row, "due_at"));
            Optional<Instant> waiting = instant(row, "waiting");
            alarms.keySet().stream().filter(WorkKind::keyed).forEach(kind -> announce(kind, waiting));
        });
        return held;
    }

    /** Others see what was planned when it has been committed, not before. */
    private void announce(WorkKind kind, Optional<Instant> due) {
        Alarm alarm = alarms.get(kind);
        if (alarm == null || due.isEmpty()) {
            return;
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            set(alarm, due.get());
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void afterCommit() {
                set(alarm, due.get());
            }
        });
    }

    private void set(Alarm alarm, Instant due) {
        alarm.set(Duration.between(clock.instant(), due));
    }

    private @Nullable String traceparent() {
        return trace.current().map(Traceparent::toString).orElse(null);
    }

    private static Claim claim(WorkKind kind, ResultSet row) throws SQLException {
        return new Claim(
                kind,
                row.getString("id"),
                row.getString("key"),
                row.getInt("priority"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getString("payload"),
                Traceparent.parse(row.getString("traceparent")),
                row.getLong("attempt"),
                row.getInt("failures"),
                row.getLong("revision"));
    }

    private static Backlog backlog(ResultSet row) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
        return new Backlog(
                row.getLong("planned"),
                row.getLong("due"),
                row.getLong("leased"),
                oldest == null ? null : oldest.toInstant());
    }

    private static Optional<Instant> dueAt(ResultSet row, int rowNumber) throws SQLException {
        return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static <T> @Nullable String[] texts(Collection<T> values, Function<T, @Nullable String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
