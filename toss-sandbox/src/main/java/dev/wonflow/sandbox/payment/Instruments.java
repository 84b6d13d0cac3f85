package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.card.CardFace;
import dev.wonflow.sandbox.card.InterestPayer;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.promotion.Promotions;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.session.Terms;
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
    private final Promotions promotions;

    Instruments(Mint mint, Promotions promotions) {
        this.mint = mint;
        this.promotions = promotions;
    }

    /** What the payment is paid with, from its confirm on. */
    Instrument of(Choice choice, Session session, Instant now) {
        return switch (choice.method()) {
            case CARD ->
                card(face(choice.cardCompany()), choice, session, session.amountMinor() - choice.discountMinor());
            case EASY_PAY, FOREIGN_EASY_PAY -> easyPay(choice, session);
            case VIRTUAL_ACCOUNT -> account(choice, session, session.terms().depositUntil(now));
            case TRANSFER -> new Instrument.Transfer(Objects.requireNonNullElse(choice.bank(), USUAL_BANK));
            case MOBILE_PHONE ->
                new Instrument.MobilePhone(
                        Objects.requireNonNullElse(session.buyer().mobilePhone(), "01000000000"), "SKT");
            case CULTURE_GIFT_CERTIFICATE, BOOK_GIFT_CERTIFICATE, GAME_GIFT_CERTIFICATE ->
                new Instrument.GiftCertificate(choice.method(), mint.certificateNo());
        };
    }

    /** A card that was shown by its number, or is known by a billing key. */
    Instrument.Card card(
            CardFace face, int installmentMonths, boolean pointsUsed, long amountMinor, PaymentType type, Terms terms) {
        return new Instrument.Card(
                face,
                installmentMonths,
                interestPayer(face.issuer(), installmentMonths, amountMinor, type, terms),
                Mint.approveNo(),
                pointsUsed,
                amountMinor);
    }

    private Instrument.Card card(CardFace face, Choice choice, Session session, long amountMinor) {
        return card(face, choice.installmentMonths(), false, amountMinor, session.type(), session.terms());
    }

    /** What the card company offers anyway costs the merchant nothing, whatever the merchant would pay. */
    private @Nullable InterestPayer interestPayer(
            CardCompany issuer, int months, long amountMinor, PaymentType type, Terms terms) {
        if (months == 0) {
            return null;
        }
        if (type == PaymentType.NORMAL && promotions.payInterestOf(issuer.code(), months, amountMinor)) {
            return InterestPayer.CARD_COMPANY;
        }
        return terms.freeInstallments().include(issuer, months) ? InterestPayer.MERCHANT : InterestPayer.BUYER;
    }

    private static CardFace face(@Nullable CardCompany company) {
        return company == null ? CardFace.USUAL : CardFace.of(company);
    }

    private Instrument easyPay(Choice choice, Session session) {
        EasyPayProvider provider = Objects.requireNonNullElse(choice.easyPay(), EasyPayProvider.TOSSPAY);
        long restMinor = session.amountMinor() - choice.discountMinor();
        return choice.cardCompany() == null || restMinor == 0
                ? new Instrument.EasyPay(provider, null, restMinor, choice.discountMinor())
                : new Instrument.EasyPay(
                        provider,
                        card(CardFace.of(choice.cardCompany()), choice, session, restMinor),
                        0,
                        choice.discountMinor());
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
