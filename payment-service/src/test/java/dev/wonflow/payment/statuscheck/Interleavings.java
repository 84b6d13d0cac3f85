package dev.wonflow.payment.statuscheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Every order in which things can happen. */
public final class Interleavings {

    private Interleavings() {}

    /**
     * All orders of the steps.
     *
     * @param precedes whether the first step is always before the second
     */
    public static <T> List<List<T>> of(List<T> changes, BiPredicate<T, T> precedes) {
        if (changes.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : changes) {
            if (changes.stream().noneMatch(other -> precedes.test(other, first))) {
                List<T> rest = new ArrayList<>(changes);
                rest.remove(first);
                for (List<T> tail : of(rest, precedes)) {
                    List<T> whole = new ArrayList<>(List.of(first));
                    whole.addAll(tail);
                    all.add(whole);
                }
            }
        }
        return all;
    }
}
