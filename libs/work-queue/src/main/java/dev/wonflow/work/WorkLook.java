package dev.wonflow.work;

import java.time.Duration;
import java.util.List;

/** What a look for work led to. */
public sealed interface WorkLook<T> {

    /** This is to be done now, and by nobody else. */
    record Found<T>(List<T> work) implements WorkLook<T> {}

    /** There is some, but it may not be done just now, or another instance has it. */
    record Busy<T>() implements WorkLook<T> {}

    /** There is none for this time, as far as this instance knows. */
    record Nothing<T>(Duration yet) implements WorkLook<T> {}
}
