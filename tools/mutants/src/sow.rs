//! Finds every place that could be mutated, in a fixed order, and rewrites the chosen ones to read
//! `if crate::mutant(17) { changed } else { original }`.

use std::collections::BTreeSet;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, BinOp, Block, Expr, ExprBinary, ExprLit, ExprUnary, ImplItemFn, ItemFn, ItemImpl, Lit, LitInt, Pat,
    ReturnType, Signature, Stmt, TraitItemFn, Type, UnOp, parse_quote,
};

use crate::mutant::Mutant;

/// Walks the files one after the other and numbers what it finds.
pub struct Sower<'a> {
    /// Everything found so far.
    pub found: Vec<Mutant>,
    chosen: &'a BTreeSet<usize>,
    file: String,
    functions: Vec<String>,
}

/// What may become of one expression.
enum Change {
    Operator(BinOp),
    /// `!x` becomes `x`.
    Positive,
    Literal(LitInt),
    Constant(bool),
}

impl<'a> Sower<'a> {
    pub fn new(chosen: &'a BTreeSet<usize>) -> Sower<'a> {
        Sower { found: Vec::new(), chosen, file: String::new(), functions: Vec::new() }
    }

    /// Numbers the places of a file and rewrites those chosen.
    pub fn sow(&mut self, file: &str, tree: &mut syn::File) {
        self.file = file.to_owned();
        self.visit_file_mut(tree);
    }

    fn place(&mut self, span: Span, what: String) -> Option<usize> {
        let id = self.found.len();
        let start = span.start();
        self.found.push(Mutant {
            id,
            file: self.file.clone(),
            line: start.line,
            column: start.column + 1,
            function: self.functions.join("::"),
            what,
        });
        self.chosen.contains(&id).then_some(id)
    }

    /// Numbers the changes of an expression, visits what is inside it, and then wraps it.
    fn change(&mut self, expr: &mut Expr, changes: Vec<Change>) {
        let mut wanted = Vec::new();
        for change in changes {
            let span = match (&change, &*expr) {
                (Change::Operator(_), Expr::Binary(it)) => it.op.span(),
                _ => expr.span(),
            };
            let what = describe(expr, &change);
            if let Some(id) = self.place(span, what) {
                wanted.push((id, change));
            }
        }
        self.inside(expr);
        let original = expr.clone();
        for (id, change) in wanted {
            let changed = changed(original.clone(), change);
            let kept = expr.clone();
            *expr = parse_quote!((if crate::mutant(#id) { #changed } else { #kept }));
        }
    }

    fn inside(&mut self, expr: &mut Expr) {
        match expr {
            // What is inside a macro is its own affair.
            Expr::Macro(_) | Expr::Const(_) => {}
            Expr::Repeat(it) => self.visit_expr_mut(&mut it.expr),
            Expr::If(it) => {
                self.condition(&mut it.cond, &[true, false]);
                self.visit_block_mut(&mut it.then_branch);
                if let Some((_, other)) = &mut it.else_branch {
                    self.visit_expr_mut(other);
                }
            }
            Expr::While(it) => {
                self.condition(&mut it.cond, &[false]);
                self.visit_block_mut(&mut it.body);
            }
            // How much room is reserved changes no finding.
            Expr::Call(it) if last_name(&it.func).is_some_and(|name| is_room(&name)) => {}
            Expr::MethodCall(it) if is_room(&it.method.to_string()) => self.visit_expr_mut(&mut it.receiver),
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn condition(&mut self, expr: &mut Expr, constants: &[bool]) {
        match expr {
            Expr::Let(it) => self.visit_expr_mut(&mut it.expr),
            Expr::Binary(it) if chains_let(it) => {
                self.condition(&mut it.left, constants);
                self.condition(&mut it.right, constants);
            }
            _ => {
                let mut changes: Vec<Change> = constants.iter().map(|&it| Change::Constant(it)).collect();
                changes.extend(changes_of(expr));
                self.change(expr, changes);
            }
        }
    }

    fn function(&mut self, attrs: &[Attribute], sig: &Signature, block: &mut Block) {
        if is_test(attrs) || sig.constness.is_some() || sig.ident == "size_hint" {
            return;
        }
        self.functions.push(sig.ident.to_string());
        let mut wanted = Vec::new();
        for default in defaults(&sig.output, block) {
            let what = match &default {
                Some(value) => format!("the body returns `{}`", value.to_token_stream()),
                None => "the body does nothing".to_owned(),
            };
            if let Some(id) = self.place(sig.ident.span(), what) {
                wanted.push((id, default));
            }
        }
        self.visit_block_mut(block);
        for (id, default) in wanted {
            let stmt: Stmt = match default {
                Some(value) => parse_quote!(if crate::mutant(#id) { return #value; }),
                None => parse_quote!(if crate::mutant(#id) { return; }),
            };
            block.stmts.insert(0, stmt);
        }
        self.functions.pop();
    }
}

impl VisitMut for Sower<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let changes = changes_of(expr);
        self.change(expr, changes);
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        if let Some((_, guard)) = &mut arm.guard {
            self.condition(guard, &[true, false]);
        }
        self.visit_expr_mut(&mut arm.body);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            let id = if may_go(stmt) {
                let text = short(&stmt.to_token_stream().to_string());
                self.place(stmt.span(), format!("`{text}` is left out"))
            } else {
                None
            };
            self.visit_stmt_mut(stmt);
            if let Some(id) = id {
                let kept = stmt.clone();
                *stmt = parse_quote!(if !crate::mutant(#id) { #kept });
            }
        }
    }

    fn visit_item_fn_mut(&mut self, it: &mut ItemFn) {
        self.function(&it.attrs, &it.sig, &mut it.block);
    }

    fn visit_impl_item_fn_mut(&mut self, it: &mut ImplItemFn) {
        self.function(&it.attrs, &it.sig, &mut it.block);
    }

    fn visit_trait_item_fn_mut(&mut self, it: &mut TraitItemFn) {
        if let Some(block) = &mut it.default {
            self.function(&it.attrs, &it.sig, block);
        }
    }

    fn visit_item_impl_mut(&mut self, it: &mut ItemImpl) {
        let shows =
            it.trait_.as_ref().is_some_and(|(_, path, _)| path.segments.last().is_some_and(|it| it.ident == "Debug"));
        if !shows && !is_test(&it.attrs) {
            visit_mut::visit_item_impl_mut(self, it);
        }
    }

    fn visit_item_mod_mut(&mut self, it: &mut syn::ItemMod) {
        if !is_test(&it.attrs) {
            visit_mut::visit_item_mod_mut(self, it);
        }
    }

    // Nothing that is decided while compiling can ask which mutant is meant.
    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut syn::ItemStatic) {}
    fn visit_item_enum_mut(&mut self, _: &mut syn::ItemEnum) {}
    fn visit_item_macro_mut(&mut self, _: &mut syn::ItemMacro) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_trait_item_const_mut(&mut self, _: &mut syn::TraitItemConst) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}
}

fn changes_of(expr: &Expr) -> Vec<Change> {
    match expr {
        Expr::Binary(it) if !chains_let(it) => other_operators(&it.op).into_iter().map(Change::Operator).collect(),
        Expr::Unary(ExprUnary { op: UnOp::Not(_), .. }) => vec![Change::Positive],
        Expr::Lit(ExprLit { lit: Lit::Int(it), .. }) => neighbours(it).into_iter().map(Change::Literal).collect(),
        _ => Vec::new(),
    }
}

fn other_operators(op: &BinOp) -> Vec<BinOp> {
    match op {
        BinOp::Lt(_) => vec![parse_quote!(<=), parse_quote!(>)],
        BinOp::Le(_) => vec![parse_quote!(<), parse_quote!(>=)],
        BinOp::Gt(_) => vec![parse_quote!(>=), parse_quote!(<)],
        BinOp::Ge(_) => vec![parse_quote!(>), parse_quote!(<=)],
        BinOp::Eq(_) => vec![parse_quote!(!=)],
        BinOp::Ne(_) => vec![parse_quote!(==)],
        BinOp::And(_) => vec![parse_quote!(||)],
        BinOp::Or(_) => vec![parse_quote!(&&)],
        BinOp::Add(_) => vec![parse_quote!(-)],
        BinOp::Sub(_) => vec![parse_quote!(+)],
        BinOp::AddAssign(_) => vec![parse_quote!(-=)],
        BinOp::SubAssign(_) => vec![parse_quote!(+=)],
        _ => Vec::new(),
    }
}

/// The literal plus one, and minus one where that is not negative.
fn neighbours(literal: &LitInt) -> Vec<LitInt> {
    let Ok(value) = literal.base10_parse::<u128>() else { return Vec::new() };
    let written = |value: u128| LitInt::new(&format!("{value}{}", literal.suffix()), literal.span());
    let mut all = vec![written(value + 1)];
    all.extend(value.checked_sub(1).map(written));
    all
}

fn changed(original: Expr, change: Change) -> Expr {
    match (change, original) {
        (Change::Operator(op), Expr::Binary(it)) => Expr::Binary(ExprBinary { op, ..it }),
        (Change::Positive, Expr::Unary(it)) => *it.expr,
        (Change::Literal(it), _) => parse_quote!(#it),
        (Change::Constant(it), _) => parse_quote!(#it),
        (_, original) => original,
    }
}

fn describe(expr: &Expr, change: &Change) -> String {
    let text = short(&expr.to_token_stream().to_string());
    match change {
        Change::Operator(op) => format!("`{}` in `{text}`", op.to_token_stream()),
        Change::Positive => format!("`{text}` without its `!`"),
        Change::Literal(it) => format!("`{text}` becomes `{it}`"),
        Change::Constant(it) => format!("`{text}` becomes `{it}`"),
    }
}

/// Statements whose only purpose is what they change.
fn may_go(stmt: &Stmt) -> bool {
    let Stmt::Expr(expr, Some(_)) = stmt else { return false };
    match expr {
        Expr::MethodCall(it) => !is_room(&it.method.to_string()),
        Expr::Call(it) => !last_name(&it.func).is_some_and(|name| is_room(&name)),
        Expr::Assign(it) => !matches!(&*it.left, Expr::Infer(_)),
        Expr::Binary(it) => is_assignment(&it.op),
        _ => false,
    }
}

fn is_assignment(op: &BinOp) -> bool {
    op.to_token_stream().to_string().ends_with('=')
        && !matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Le(_) | BinOp::Ge(_))
}

/// The values that a body may be replaced with, `None` standing for an empty body.
fn defaults(output: &ReturnType, block: &Block) -> Vec<Option<Expr>> {
    let ReturnType::Type(_, of) = output else {
        return if block.stmts.is_empty() { Vec::new() } else { vec![None] };
    };
    let name = match &**of {
        Type::Path(it) => it.path.segments.last().map_or_else(String::new, |it| it.ident.to_string()),
        Type::Reference(it) if it.mutability.is_none() => format!("&{}", it.elem.to_token_stream()),
        _ => return Vec::new(),
    };
    let values: Vec<Expr> = match name.as_str() {
        "bool" => vec![parse_quote!(true), parse_quote!(false)],
        "Option" => vec![parse_quote!(None)],
        "Vec" => vec![parse_quote!(Vec::new())],
        "String" => vec![parse_quote!(String::new())],
        "&str" => vec![parse_quote!("")],
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" => {
            vec![parse_quote!(0), parse_quote!(1)]
        }
        name if name.starts_with("&[") => vec![parse_quote!(&[])],
        _ => Vec::new(),
    };
    let whole = match &block.stmts[..] {
        [Stmt::Expr(it, None)] => it.to_token_stream().to_string(),
        _ => String::new(),
    };
    values.into_iter().filter(|it| it.to_token_stream().to_string() != whole).map(Some).collect()
}

fn chains_let(it: &ExprBinary) -> bool {
    let holds = |it: &Expr| match it {
        Expr::Let(_) => true,
        Expr::Binary(it) => chains_let(it),
        _ => false,
    };
    matches!(it.op, BinOp::And(_)) && (holds(&it.left) || holds(&it.right))
}

fn last_name(expr: &Expr) -> Option<String> {
    let Expr::Path(it) = expr else { return None };
    it.path.segments.last().map(|it| it.ident.to_string())
}

fn is_room(name: &str) -> bool {
    matches!(name, "with_capacity" | "reserve" | "reserve_exact" | "shrink_to_fit")
}

fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|it| {
        let text = it.meta.to_token_stream().to_string();
        text == "test" || text == "cfg (test)"
    })
}

fn short(text: &str) -> String {
    if text.chars().count() <= 90 {
        return text.to_owned();
    }
    text.chars().take(87).chain("...".chars()).collect()
}
