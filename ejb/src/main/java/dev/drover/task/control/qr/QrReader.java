// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Reads QR codes out of pictures, and draws them as small PNGs with a margin, as phones like them best. */
public final class QrReader {

    /** Larger pictures are no codes, and would take seconds. */
    private static final int LARGEST = 4_000_000;

    private static final int MARGIN = 16;
    private static final int QUIET_ZONE = 4;
    private static final int SIZE = 360;

    static {
        // A cache on disk costs a file for each of these small pictures.
        ImageIO.setUseCache(false);
    }

    private QrReader() {}

    /** The text of the code in a picture that ImageIO can read; nothing when there is none. */
    public static Optional<String> read(byte[] picture) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
            return image == null || (long) image.getWidth() * image.getHeight() > LARGEST
                    ? Optional.empty()
                    : read(luminance(withMargin(image)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // A page may call anything a picture.
        }
    }

    private static Optional<String> read(LuminanceSource source) {
        return decode(source).or(() -> decode(source.invert()));
    }

    private static Optional<String> decode(LuminanceSource source) {
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    /** On white: pages cut off the margin that a code needs, and transparent pixels would be black. */
    private static BufferedImage withMargin(BufferedImage image) {
        BufferedImage framed = new BufferedImage(
                image.getWidth() + 2 * MARGIN, image.getHeight() + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = framed.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, framed.getWidth(), framed.getHeight());
        pen.drawImage(image, MARGIN, MARGIN, null);
        pen.dispose();
        return framed;
    }

    private static LuminanceSource luminance(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    }

    /** A PNG of the code of a text. */
    public static byte[] draw(String text) {
        BitMatrix modules;
        try {
            modules = new QRCodeWriter()
                    .encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, QUIET_ZONE));
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code can hold it", e);
        }
        int scale = Math.max(2, SIZE / modules.getWidth());
        BufferedImage image = new BufferedImage(
                modules.getWidth() * scale, modules.getHeight() * scale, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.BLACK);
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y)) {
                    pen.fillRect(x * scale, y * scale, scale, scale);
                }
            }
        }
        pen.dispose();
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
