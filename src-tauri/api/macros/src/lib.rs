//! The attribute that turns functions into commands of the API: what a command is called, who may call it, what
//! it takes and what it answers are written once, in the function itself.

use heck::ToLowerCamelCase as _;
use proc_macro::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Expr, ExprLit, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, ItemImpl, Lit,
    Meta, Pat, PathArguments, ReturnType, Type, parse_macro_input,
};

/// Turns each function of an `impl` block into a command, and collects them in the constant `COMMANDS` of the
/// type, a `&[Command]` of `crate::api`. The attribute names the window that may call them.
///
/// Each function is `async`, takes `&Context` and then the command's arguments, returns `Answer<T>`, and says who
/// may call it in `#[access(…)]`, a variant of `crate::api::Access`:
///
/// ```ignore
/// #[commands(Cashier)]
/// impl Book {
///     /// Writes down that money went back to the customer.
///     #[access(Right(Refund))]
///     async fn refund(cx: &Context, number: u32, refund: NewRefund) -> Answer<SaleView> {
///         Ok(cx.till().await?.refund(number, refund).await?)
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn commands(window: TokenStream, block: TokenStream) -> TokenStream {
    let window = parse_macro_input!(window as Ident);
    let block = parse_macro_input!(block as ItemImpl);
    match expand(&window, block) {
        Ok(tokens) => tokens.into(),
        Err(error) => error.to_compile_error().into(),
    }
}

fn expand(window: &Ident, mut block: ItemImpl) -> syn::Result<proc_macro2::TokenStream> {
    let topic = block.self_ty.clone();
    let mut commands = Vec::new();
    for item in &mut block.items {
        let ImplItem::Fn(function) = item else {
            return Err(syn::Error::new(item.span(), "only commands stand here"));
        };
        commands.push(command(window, function)?);
    }
    Ok(quote! {
        #block

        impl #topic {
            pub(super) const COMMANDS: &'static [crate::api::Command] = &[#(#commands),*];
        }
    })
}

/// Who may call a command: a variant of `crate::api::Access`, some with the right that is needed.
struct Access {
    variant: Ident,
    right: Option<Ident>,
}

impl Parse for Access {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let variant = input.parse()?;
        let right = if input.peek(syn::token::Paren) {
            let right;
            syn::parenthesized!(right in input);
            Some(right.parse()?)
        } else {
            None
        };
        Ok(Self { variant, right })
    }
}

impl ToTokens for Access {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let Self { variant, right } = self;
        let right = right
            .as_ref()
            .map(|right| quote!((crate::api::Right::#right)));
        tokens.extend(quote!(crate::api::Access::#variant #right));
    }
}

/// The `Command` of a function, whose `#[access]` is removed.
fn command(window: &Ident, function: &mut ImplItemFn) -> syn::Result<proc_macro2::TokenStream> {
    let access = take_access(function)?;
    let name = &function.sig.ident;
    let command = name.to_string();
    let method = command.to_lower_camel_case();
    let answer = answer(&function.sig.output)?;
    let docs = function.attrs.iter().filter_map(doc_line);
    let mut names = Vec::new();
    let mut types = Vec::new();
    for argument in function.sig.inputs.iter().skip(1) {
        let FnArg::Typed(argument) = argument else {
            return Err(syn::Error::new(argument.span(), "a command has no `self`"));
        };
        let Pat::Ident(name) = &*argument.pat else {
            return Err(syn::Error::new(argument.span(), "an argument has a name"));
        };
        // Tauri's own convention for what crosses.
        names.push(name.ident.to_string().to_lower_camel_case());
        types.push(&argument.ty);
    }
    // The handler takes it before the command runs.
    let typed_pin = (access.variant == "TypedPin").then_some("typedPin");
    let typed_pin = typed_pin.as_slice();
    Ok(quote! {
        crate::api::Command {
            name: #command,
            window: crate::api::Window::#window,
            access: #access,
            arguments: &[#(#names,)* #(#typed_pin,)*],
            run: |cx, mut arguments| ::std::boxed::Box::pin(async move {
                let answer = Self::#name(&cx, #(arguments.take::<#types>(#names)?),*).await?;
                crate::api::to_json(&answer)
            }),
            #[cfg(test)]
            method: #method,
            #[cfg(test)]
            docs: &[#(#docs),*],
            #[cfg(test)]
            signature: |signature| {
                #(signature.argument::<#types>(#names);)*
                #(signature.argument::<Option<crate::api::arguments::Secret>>(#typed_pin);)*
                signature.answer::<#answer>();
            },
        }
    })
}

fn take_access(function: &mut ImplItemFn) -> syn::Result<Access> {
    let place = function
        .attrs
        .iter()
        .position(|attribute| attribute.path().is_ident("access"))
        .ok_or_else(|| {
            syn::Error::new(
                function.sig.ident.span(),
                "`#[access(…)]` says who may call it",
            )
        })?;
    function.attrs.remove(place).parse_args()
}

/// The `T` of `Answer<T>`.
fn answer(output: &ReturnType) -> syn::Result<&Type> {
    let wrong = || syn::Error::new(output.span(), "a command returns `Answer<…>`");
    let ReturnType::Type(_, output_type) = output else {
        return Err(wrong());
    };
    let Type::Path(path) = &**output_type else {
        return Err(wrong());
    };
    let last = path.path.segments.last().ok_or_else(wrong)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "Answer" => {
            match arguments.args.first() {
                Some(GenericArgument::Type(answer)) => Ok(answer),
                _ => Err(wrong()),
            }
        }
        _ => Err(wrong()),
    }
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(doc) = &attribute.meta else {
        return None;
    };
    match &doc.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(line),
            ..
        }) if doc.path.is_ident("doc") => Some(line.value().trim().to_owned()),
        _ => None,
    }
}
