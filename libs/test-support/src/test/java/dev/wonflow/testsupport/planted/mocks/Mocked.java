package dev.wonflow.testsupport.planted.mocks;

import org.mockito.planted.Mock;

/** A test class that uses the library. */
final class Mocked {
    String show(Mock mock) {
        return String.valueOf(mock.hashCode());
    }
}
