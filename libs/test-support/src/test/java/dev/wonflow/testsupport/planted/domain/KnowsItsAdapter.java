package dev.wonflow.testsupport.planted.domain;

import dev.wonflow.testsupport.planted.domain.web.Page;

/** A domain class that depends on an adapter. */
final class KnowsItsAdapter {
    String show(Page page) {
        return page.title();
    }
}
