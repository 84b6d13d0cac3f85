package dev.wonflow.payment.charge;

import java.time.Duration;

/** Keeps what charges have left of their share of Toss's quota, for all instances together. */
public interface PaceBook {

    /**
     * Takes calls out of the share.
     *
     * @param wanted most that are of use; at least 1
     * @param perMinute the share
     * @return how many were left, and are the caller's now
     */
    int take(int wanted, double perMinute);

    /** Has nothing left for {@code rest} from now on, whatever was saved up; for all instances. */
    void rest(Duration rest, double perMinute);
}
