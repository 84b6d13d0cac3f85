package dev.wonflow.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two sentences why the service did not start, instead of in a stack trace. */
final class IssuerUnusableAnalyzer extends AbstractFailureAnalyzer<IssuerUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, IssuerUnusable cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI to the URL of your OpenID provider, as its"
                        + " tokens name it in the claim iss. There is no way to run without one; ./wonflow up brings"
                        + " its own.",
                cause);
    }
}
