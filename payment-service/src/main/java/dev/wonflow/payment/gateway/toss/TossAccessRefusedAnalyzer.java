package dev.wonflow.payment.gateway.toss;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two sentences why the service did not start, instead of in a stack trace. */
final class TossAccessRefusedAnalyzer extends AbstractFailureAnalyzer<TossAccessRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TossAccessRefused cause) {
        return new FailureAnalysis(cause.getMessage(), cause.cure(), cause);
    }
}
