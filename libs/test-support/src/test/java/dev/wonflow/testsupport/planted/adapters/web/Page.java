package dev.wonflow.testsupport.planted.adapters.web;

import dev.wonflow.testsupport.planted.adapters.messaging.Messages;

/** An adapter that depends on another one. */
final class Page {
    String show(Messages messages) {
        return String.valueOf(messages.hashCode());
    }
}
