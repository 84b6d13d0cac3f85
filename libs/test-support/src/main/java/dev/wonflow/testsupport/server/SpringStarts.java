package dev.wonflow.testsupport.server;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/** Remembers whether Spring Boot ever ran in this JVM, because only then does it run shutdown handlers at the end. */
final class SpringStarts implements ApplicationListener<ApplicationStartingEvent> {

    private static volatile boolean seen;

    static boolean seen() {
        return seen;
    }

    @Override
    public void onApplicationEvent(ApplicationStartingEvent event) {
        seen = true;
    }
}
