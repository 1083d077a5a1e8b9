//! Takes a page, returns the glyphs that it shows, in the order in which they are drawn.
//!
//! # Source
//! ISO 32000-1, 8.3 (coordinates) and 9.4 (text).

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::Font;

/// Forms within forms that are followed.
const MAX_FORMS: usize = 8;

/// Bytes of one page's or form's instructions that are taken; real ones have some 100,000.
const MAX_CONTENT: usize = 32 << 20;

/// Glyphs of one page that are taken; a page for readers has a few thousand.
const MAX_GLYPHS: usize = 1 << 18;

/// A glyph on a page; units are points, y grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) y: f32,
    /// Where the next glyph would start.
    pub(super) end: f32,
    /// Height of the font.
    pub(super) size: f32,
}

/// A matrix `[a b c d e f]`.
type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Reads pages; fonts are read once.
pub(super) struct Reader<'d> {
    document: &'d Document,
    /// Fonts by where their dictionary lies in memory: many have no number.
    fonts: BTreeMap<*const Object, Rc<Font>>,
    /// Bytes of instructions, maps and text that may still be read; a form counts each time it is drawn.
    left: usize,
}

#[derive(Debug, Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    char_spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// A running page or form.
struct Run<'r> {
    resources: Vec<&'r Dictionary>,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
}

impl<'d> Reader<'d> {
    /// Reads pages of at most `most` bytes together.
    pub(super) fn new(document: &'d Document, most: usize) -> Self {
        Self {
            document,
            fonts: BTreeMap::new(),
            left: most,
        }
    }

    /// Tells whether the document draws more than any real one, so that its rest was not read.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    /// Reads a page; none where its instructions are damaged.
    pub(super) fn page(&mut self, page: ObjectId) -> Option<Vec<Glyph>> {
        let document = self.document;
        let mut glyphs = Vec::new();
        let bytes = document
            .get_page_content_with_limit(page, MAX_CONTENT)
            .ok()?;
        let (own, inherited) = document.get_page_resources(page).unwrap_or_default();
        let inherited = inherited
            .into_iter()
            .filter_map(|id| document.get_dictionary(id).ok());
        let resources = own.into_iter().chain(inherited).collect();
        let state = State {
            ctm: UNIT,
            font: None,
            size: 1.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.run(&bytes, resources, state, 0, &mut glyphs)?;
        let shown = glyphs.iter().map(|glyph| glyph.text.len()).sum();
        self.left = self.left.saturating_sub(shown);
        Some(glyphs)
    }

    fn run(
        &mut self,
        bytes: &[u8],
        resources: Vec<&'d Dictionary>,
        state: State,
        depth: usize,
        glyphs: &mut Vec<Glyph>,
    ) -> Option<()> {
        self.left = self.left.saturating_sub(bytes.len());
        if self.left == 0 {
            return None;
        }
        let content = Content::decode(bytes).ok()?;
        let mut run = Run {
            resources,
            state,
            saved: Vec::new(),
            text: UNIT,
            line: UNIT,
        };
        for operation in &content.operations {
            if glyphs.len() > MAX_GLYPHS || self.left == 0 {
                break;
            }
            self.operation(operation, &mut run, depth, glyphs);
        }
        Some(())
    }

    fn operation(
        &mut self,
        operation: &Operation,
        run: &mut Run<'d>,
        depth: usize,
        glyphs: &mut Vec<Glyph>,
    ) {
        let operands = &operation.operands;
        let number = |at: usize| {
            operands
                .get(at)
                .and_then(|value| value.as_float().ok())
                .unwrap_or(0.0)
        };
        match operation.operator.as_str() {
            "q" if run.saved.len() < 1000 => run.saved.push(run.state.clone()),
            "Q" => run.state = run.saved.pop().unwrap_or_else(|| run.state.clone()),
            "cm" => run.state.ctm = times(matrix(operands), run.state.ctm),
            "BT" => (run.text, run.line) = (UNIT, UNIT),
            "Tf" => {
                run.state.size = number(1);
                let name = operands.first().and_then(|name| name.as_name().ok());
                run.state.font = name.and_then(|name| self.font(&run.resources, name));
            }
            "Tc" => run.state.char_spacing = number(0),
            "Tw" => run.state.word_spacing = number(0),
            "Tz" => run.state.scale = number(0) / 100.0,
            "TL" => run.state.leading = number(0),
            "Ts" => run.state.rise = number(0),
            "Td" => run.advance_line(number(0), number(1)),
            "TD" => {
                run.state.leading = -number(1);
                run.advance_line(number(0), number(1));
            }
            "Tm" => (run.text, run.line) = (matrix(operands), matrix(operands)),
            "T*" => run.advance_line(0.0, -run.state.leading),
            "Tj" => run.show(operands.first(), glyphs),
            "'" => {
                run.advance_line(0.0, -run.state.leading);
                run.show(operands.first(), glyphs);
            }
            "\"" => {
                (run.state.word_spacing, run.state.char_spacing) = (number(0), number(1));
                run.advance_line(0.0, -run.state.leading);
                run.show(operands.get(2), glyphs);
            }
            "TJ" => {
                for item in operands
                    .first()
                    .and_then(|list| list.as_array().ok())
                    .into_iter()
                    .flatten()
                {
                    match item.as_float() {
                        Ok(back) => run.advance(-back / 1000.0 * run.state.size * run.state.scale),
                        Err(_) => run.show(Some(item), glyphs),
                    }
                }
            }
            "Do" if depth < MAX_FORMS => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                if let Some(name) = name {
                    self.form(name, run, depth, glyphs);
                }
            }
            _ => {}
        }
    }

    fn form(&mut self, name: &[u8], run: &Run<'d>, depth: usize, glyphs: &mut Vec<Glyph>) {
        let document = self.document;
        let stream = find(document, &run.resources, b"XObject", name)
            .and_then(|object| document.dereference(object).ok()?.1.as_stream().ok());
        let Some(stream) = stream else { return };
        let is_form = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Form");
        let Some(bytes) = Some(stream)
            .filter(|_| is_form)
            .and_then(|stream| stream.get_plain_content_with_limit(MAX_CONTENT).ok())
        else {
            return;
        };
        let mut state = run.state.clone();
        if let Ok(list) = stream
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array)
        {
            state.ctm = times(matrix(list), state.ctm);
        }
        let own = stream
            .dict
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict)
            .ok();
        let resources = own.map_or_else(|| run.resources.clone(), |own| vec![own]);
        // A damaged form is a picture that is not shown.
        let _ = self.run(&bytes, resources, state, depth + 1, glyphs);
    }

    fn font(&mut self, resources: &[&'d Dictionary], name: &[u8]) -> Option<Rc<Font>> {
        let object = find(self.document, resources, b"Font", name)?;
        let (_, object) = self.document.dereference(object).ok()?;
        let place = std::ptr::from_ref(object);
        if let Some(font) = self.fonts.get(&place) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::read(
            self.document,
            object.as_dict().ok()?,
            MAX_CONTENT,
        ));
        self.left = self.left.saturating_sub(font.size());
        self.fonts.insert(place, Rc::clone(&font));
        Some(font)
    }
}

/// Finds a named resource.
fn find<'d>(
    document: &'d Document,
    resources: &[&'d Dictionary],
    kind: &[u8],
    name: &[u8],
) -> Option<&'d Object> {
    resources.iter().find_map(|resources| {
        resources
            .get_deref(kind, document)
            .ok()?
            .as_dict()
            .ok()?
            .get(name)
            .ok()
    })
}

fn matrix(operands: &[Object]) -> Matrix {
    let mut matrix = UNIT;
    for (place, value) in matrix.iter_mut().zip(operands) {
        *place = value.as_float().unwrap_or(*place);
    }
    matrix
}

impl Run<'_> {
    fn advance_line(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }

    fn show(&mut self, string: Option<&Object>, glyphs: &mut Vec<Glyph>) {
        let font = self.state.font.clone();
        let bytes = string.and_then(|string| string.as_str().ok());
        let Some((font, bytes)) = font.zip(bytes) else {
            return;
        };
        for shown in font.decode(bytes) {
            let State {
                size,
                scale,
                char_spacing,
                word_spacing,
                rise,
                ..
            } = self.state;
            let place = times(
                [size, 0.0, 0.0, size, 0.0, rise],
                times(self.text, self.state.ctm),
            );
            let spacing = char_spacing + if shown.blank { word_spacing } else { 0.0 };
            let width = shown.width * size * scale;
            let ink = times(
                [1.0, 0.0, 0.0, 1.0, width, 0.0],
                times(self.text, self.state.ctm),
            );
            self.advance(width + spacing * scale);
            let height = place[2].hypot(place[3]);
            if !shown.text.is_empty() && place.iter().all(|value| value.is_finite()) && height > 0.0
            {
                let (x, y, end) = (place[4], place[5], ink[4]);
                glyphs.push(Glyph {
                    text: shown.text,
                    x,
                    y,
                    end,
                    size: height,
                });
            }
        }
    }
}
