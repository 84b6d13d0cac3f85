package dev.wonflow.payment;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/** Counts what the threads that answer requests ask of the database; what goes on beside them does not count. */
@TestComponent
final class RequestCost implements BeanPostProcessor, QueryExecutionListener, MethodExecutionListener {

    private static final String REQUEST_THREAD = "tomcat-handler-";

    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();

    /** What has been counted so far. */
    record Count(long statements, long commits) {

        Count since(Count earlier) {
            return new Count(statements - earlier.statements, commits - earlier.commits);
        }
    }

    Count soFar() {
        return new Count(statements.get(), commits.get());
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
        if (isOfRequest()) {
            statements.addAndGet(queries.size());
        }
    }

    @Override
    public void afterMethod(MethodExecutionContext call) {
        if (isOfRequest()
                && call.getTarget() instanceof Connection
                && call.getMethod().getName().equals("commit")) {
            commits.incrementAndGet();
        }
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void beforeMethod(MethodExecutionContext call) {}

    private static boolean isOfRequest() {
        return Thread.currentThread().getName().startsWith(REQUEST_THREAD);
    }
}
