//! The pictures of the README: eight pictures of the gallery, reduced to 256 colours, so that the repository stays
//! small.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use image::{Rgb, RgbImage};

use crate::Failed;

/// Their paths in the gallery, and their names in `docs/screens`.
const PICTURES: [(&str, &str); 8] = [
    ("1280x800/light/en/pad-cart", "pad"),
    ("1280x800/light/en/payment-awaiting", "payment"),
    ("1280x800/light/en/paid", "paid"),
    ("1280x800/dark/en/display-awaiting", "customers-display"),
    ("1280x800/light/de/day", "day-german"),
    ("1280x800/dark/ru/sales", "sales-russian-dark"),
    ("1280x800/dark/en/sale-refunded", "sale-dark"),
    ("1280x800/high-contrast/en/pad-typed", "pad-high-contrast"),
];

/// Writes them, from the pictures below `gallery`, into `folder`.
pub(crate) fn write(gallery: &Path, folder: &Path) -> Result<(), Failed> {
    std::fs::create_dir_all(folder)?;
    for (from, name) in PICTURES {
        let picture = image::open(gallery.join(from).with_extension("png"))?.to_rgb8();
        let path = folder.join(name).with_extension("png");
        let (palette, indices) = reduced(&picture);
        let file = BufWriter::new(File::create(path)?);
        let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_palette(
            palette
                .iter()
                .flat_map(|colour| colour.0)
                .collect::<Vec<u8>>(),
        );
        encoder.write_header()?.write_image_data(&indices)?;
    }
    Ok(())
}

/// The 256 commonest colours of a picture, and for each pixel the index of the nearest. Screens are flat: the rare
/// colours are those at the edges of letters.
fn reduced(picture: &RgbImage) -> (Vec<Rgb<u8>>, Vec<u8>) {
    let mut counts: HashMap<Rgb<u8>, usize> = HashMap::new();
    for pixel in picture.pixels() {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut palette: Vec<(Rgb<u8>, usize)> = counts.iter().map(|(c, n)| (*c, *n)).collect();
    palette.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), colour.0));
    palette.truncate(256);
    let palette: Vec<Rgb<u8>> = palette.into_iter().map(|(colour, _)| colour).collect();
    let nearest: HashMap<Rgb<u8>, u8> = counts
        .into_keys()
        .map(|colour| {
            let near = (0_u8..=255)
                .zip(&palette)
                .min_by_key(|(_, other)| distance(colour, **other));
            (colour, near.map_or(0, |(index, _)| index))
        })
        .collect();
    let index_of = |pixel: &Rgb<u8>| nearest.get(pixel).copied().unwrap_or(0);
    let indices = picture.pixels().map(index_of).collect();
    (palette, indices)
}

fn distance(a: Rgb<u8>, b: Rgb<u8>) -> u32 {
    let parts = a.0.into_iter().zip(b.0);
    parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}
