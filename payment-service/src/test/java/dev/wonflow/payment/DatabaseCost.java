package dev.wonflow.payment;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/**
 * Counts what some threads ask of the database: those that answer requests, or those of one listener. What goes on
 * beside them does not count.
 */
@TestComponent
final class DatabaseCost implements BeanPostProcessor, QueryExecutionListener, MethodExecutionListener {

    /** How the names of threads begin that answer requests. */
    static final String REQUESTS = "tomcat-handler-";

    private static final Pattern NUMBER = Pattern.compile("[0-9]+$");

    private final ConcurrentMap<String, LongAdder> statements = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> commits = new ConcurrentHashMap<>();

    /** What has been counted so far. */
    record Count(long statements, long commits) {

        Count since(Count earlier) {
            return new Count(statements - earlier.statements, commits - earlier.commits);
        }
    }

    /**
     * Counts.
     *
     * @param threads how their names begin
     */
    Count soFar(String threads) {
        return new Count(sum(statements, threads), sum(commits, threads));
    }

    private static long sum(Map<String, LongAdder> counts, String threads) {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().startsWith(threads))
                .mapToLong(count -> count.getValue().sum())
                .sum();
    }

    private static void add(ConcurrentMap<String, LongAdder> counts, long more) {
        // Each request has a thread of its own, with a number.
        String thread = NUMBER.matcher(Thread.currentThread().getName()).replaceFirst("");
        counts.computeIfAbsent(thread, _ -> new LongAdder()).add(more);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database
                ? ProxyDataSourceBuilder.create(database)
                        .listener(this)
                        .methodListener(this)
                        .build()
                : bean;
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        add(statements, queries.size());
    }

    @Override
    public void afterMethod(MethodExecutionContext call) {
        if (call.getTarget() instanceof Connection && call.getMethod().getName().equals("commit")) {
            add(commits, 1);
        }
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void beforeMethod(MethodExecutionContext call) {}
}
