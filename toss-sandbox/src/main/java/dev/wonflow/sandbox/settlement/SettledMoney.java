package dev.wonflow.sandbox.settlement;

import java.time.LocalDate;

/** Where the money of settlements goes. */
public interface SettledMoney {

    /**
     * Takes note of money that is going to be paid out.
     *
     * @param won negative where money goes back
     */
    void toCome(String mId, LocalDate paidOutDate, long won);
}
