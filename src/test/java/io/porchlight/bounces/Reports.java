package io.porchlight.bounces;

import java.util.UUID;

/** Reports as mail servers write them. */
final class Reports {

    private Reports() {}

    /** A delivery report (RFC 3464) that comes back to an envelope sender. */
    static String delivery(String to, String action, String status, String diagnostic) {
        return """
                Return-Path: <>
                From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
                To: <%s>
                Subject: Undelivered Mail Returned to Sender
                Date: Mon, 23 Nov 2026 08:00:00 +0000
                Message-ID: <%s@mx.example.com>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

                This is a MIME-encapsulated message.

                --=_b
                Content-Type: text/plain; charset=us-ascii

                I'm sorry to have to inform you that your message could not be delivered.

                --=_b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.com
                Arrival-Date: Mon, 23 Nov 2026 08:00:00 +0000

                Final-Recipient: rfc822; somebody@example.com
                Original-Recipient: rfc822;somebody@example.com
                Action: %s
                Status: %s
                Remote-MTA: dns; mx.example.com
                Diagnostic-Code: smtp; %s

                --=_b
                Content-Type: message/rfc822

                Return-Path: <someone@else.example>
                From: orders@bottega.example
                To: somebody@example.com
                Message-ID: <not-looked-at@bottega.example>
                Subject: Your order

                Dear customer
                --=_b--
                """.formatted(to, UUID.randomUUID(), action, status, diagnostic);
    }

    /** A complaint (RFC 5965) with the recipient redacted, and the letter's headers as they were. */
    static String complaint(String to, String type, String mailFrom, String messageId) {
        return """
                From: <abuse@isp.example>
                To: <%s>
                Subject: FW: Earn money
                Date: Mon, 23 Nov 2026 08:00:00 +0000
                Message-ID: <%s@isp.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

                --part1
                Content-Type: text/plain; charset="US-ASCII"

                This is an email abuse report for an email message.

                --part1
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: SomeGenerator/1.0
                Version: 1
                Original-Mail-From: <%s>
                Original-Rcpt-To: <redacted@isp.example>

                --part1
                Content-Type: message/rfc822
                Content-Disposition: inline

                From: <orders@bottega.example>
                To: <redacted@isp.example>
                Subject: Your order
                Message-ID: %s

                Dear customer
                --part1--
                """.formatted(to, UUID.randomUUID(), type, mailFrom, messageId);
    }
}
