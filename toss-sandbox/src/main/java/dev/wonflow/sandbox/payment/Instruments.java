package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what a buyer chose into what the payment is paid with, with numbers that look like those of Toss. */
@Component
class Instruments {

    private static final Bank USUAL_BANK = Bank.named("88").orElseThrow();
    private static final String USUAL_BUYER = "홍길동";

    private final Mint mint;

    Instruments(Mint mint) {
        this.mint = mint;
    }

    /** What the payment is paid with, from its confirm on. */
    Instrument of(Choice choice, Session session, Instant now) {
        return switch (choice.method()) {
            case CARD -> card(face(choice.cardCompany()), choice, session.amountWon() - choice.discountWon());
            case EASY_PAY -> easyPay(choice, session.amountWon());
            case VIRTUAL_ACCOUNT -> account(choice, session, session.terms().depositUntil(now));
            case TRANSFER -> new Instrument.Transfer(Objects.requireNonNullElse(choice.bank(), USUAL_BANK));
            case MOBILE_PHONE ->
                new Instrument.MobilePhone(
                        Objects.requireNonNullElse(session.buyer().mobilePhone(), "01000000000"), "SKT");
            case CULTURE_GIFT_CERTIFICATE, BOOK_GIFT_CERTIFICATE, GAME_GIFT_CERTIFICATE ->
                new Instrument.GiftCertificate(choice.method(), mint.approveNo());
        };
    }

    /** A card that was shown by its number. */
    Instrument.Card card(CardFace face, int installmentMonths, boolean pointsUsed, long amountWon) {
        return new Instrument.Card(face, installmentMonths, mint.approveNo(), pointsUsed, amountWon);
    }

    private Instrument.Card card(CardFace face, Choice choice, long amountWon) {
        return card(face, choice.installmentMonths(), false, amountWon);
    }

    private static CardFace face(@Nullable CardCompany company) {
        return company == null ? CardFace.USUAL : CardFace.of(company);
    }

    private Instrument easyPay(Choice choice, long amountWon) {
        EasyPayProvider provider = Objects.requireNonNullElse(choice.easyPay(), EasyPayProvider.TOSSPAY);
        long restWon = amountWon - choice.discountWon();
        return choice.cardCompany() == null || restWon == 0
                ? new Instrument.EasyPay(provider, null, restWon, choice.discountWon())
                : new Instrument.EasyPay(
                        provider, card(CardFace.of(choice.cardCompany()), choice, restWon), 0, choice.discountWon());
    }

    private Instrument account(Choice choice, Session session, Instant dueAt) {
        return account(
                Objects.requireNonNullElse(choice.bank(), USUAL_BANK),
                Optional.ofNullable(session.buyer().name()).orElse(USUAL_BUYER),
                false,
                dueAt,
                choice);
    }

    private Instrument.VirtualAccount account(
            Bank bank, String customerName, boolean fixed, Instant dueAt, Choice choice) {
        return new Instrument.VirtualAccount(
                mint.accountNumber(), fixed, bank, customerName, null, dueAt, List.of(), choice.refundAccount());
    }

    /** An account the merchant asked for without a window. */
    Instrument.VirtualAccount account(Bank bank, String customerName, boolean fixed, Instant dueAt) {
        return account(bank, customerName, fixed, dueAt, Choice.of(PaymentMethod.VIRTUAL_ACCOUNT));
    }
}
