package io.porchlight.notifications;

import io.porchlight.brands.Brands;
import io.porchlight.brands.Dkim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimException;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.simplejavamail.utils.mail.dkim.SigningAlgorithm;
import org.springframework.stereotype.Component;

/** Signs letters in the name of the brands that have a key (DKIM, RFC 6376); keys are read, and checked, at the start. */
@Component
class Signatures {

    private record Pen(Dkim dkim, RSAPrivateKey key) {}

    private static final int SHORTEST_KEY = 1024;

    private final Map<String, Pen> pens = new TreeMap<>();

    Signatures(Brands brands) {
        brands.dkim().forEach((brand, dkim) -> pens.put(brand, new Pen(dkim, read(brand, dkim.privateKey()))));
    }

    /** A signer for one letter of this brand, if it signs. */
    Optional<DkimSigner> of(String brand) {
        return Optional.ofNullable(pens.get(brand)).map(Signatures::signer);
    }

    private static DkimSigner signer(Pen pen) {
        try {
            var signer = new DkimSigner(pen.dkim().domain(), pen.dkim().selector(), pen.key());
            signer.setSigningAlgorithm(SigningAlgorithm.SHA256_WITH_RSA);
            signer.setHeaderCanonicalization(Canonicalization.RELAXED);
            signer.setBodyCanonicalization(Canonicalization.RELAXED);
            signer.setLengthParam(false);
            signer.setCopyHeaderFields(false);
            // It would ask the DNS for every letter.
            signer.setCheckDomainKey(false);
            // A mail client offers one-click unsubscribing only where these are signed (RFC 8058, 4).
            signer.addHeaderToSign("List-Unsubscribe");
            signer.addHeaderToSign("List-Unsubscribe-Post");
            signer.addHeaderToSign("Auto-Submitted");
            return signer;
        } catch (DkimException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RSAPrivateKey read(String brand, Path file) {
        String setting = "porchlight.brands." + brand + ".dkim.private-key";
        try {
            String pem = Files.readString(file);
            if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
                throw new IllegalStateException(setting + ": " + file
                        + " must hold an RSA key as \"BEGIN PRIVATE KEY\"; openssl pkcs8 -topk8 -nocrypt makes one");
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            var key = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (key.getModulus().bitLength() < SHORTEST_KEY) {
                throw new IllegalStateException(setting + ": the key in " + file + " must have 1024 bits or more");
            }
            return key;
        } catch (IOException unreadable) {
            throw new IllegalStateException(setting + ": " + file + " cannot be read", unreadable);
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new IllegalStateException(setting + ": " + file + " holds no RSA key", broken);
        }
    }
}
