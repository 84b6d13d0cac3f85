package dev.wonflow.payment.charge;

/** Tells others what became of charges. */
public interface ChargeEvents {

    /** In the transaction that stores the charge. */
    void publish(Charge charge, ChargeEvent event);
}
