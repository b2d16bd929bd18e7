//! The parser of GraphQL documents with operations and fragments. It calls itself for each bracket, so the number of nested
//! brackets must have been checked.

use std::collections::{HashMap, hash_map::Entry};

use async_graphql::{
    Name, Pos, Positioned, ServerError, ServerResult, Value as ConstValue,
    parser::types::{
        BaseType, Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, FragmentSpread,
        InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet, Type, TypeCondition,
        VariableDefinition,
    },
};
use async_graphql_value::{Number, Value, indexmap::IndexMap};

use crate::graphql::document::lexer::{Lexer, Token, TokenKind, syntax_error};
use crate::graphql::document::strings::{block_string_value, string_value};
use crate::graphql::error::{VALIDATION_FAILED, with_code};

/// Parses a document.
///
/// # Errors
/// The text has a syntax error, an input object has a key twice, or the names of operations or fragments are not unique.
pub fn parse(text: &str) -> ServerResult<ExecutableDocument> {
    let mut lexer = Lexer::new(text);
    let token = lexer.token()?;
    Parser { lexer, token }.document()
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The next token.
    token: Token<'a>,
}

type NamedOperation = (Option<Positioned<Name>>, Positioned<OperationDefinition>);

impl<'a> Parser<'a> {
    fn document(mut self) -> ServerResult<ExecutableDocument> {
        let (mut operations, mut fragments) = (Vec::new(), HashMap::new());
        while self.token.kind != TokenKind::End {
            let described = self.skip_description()?;
            if self.token.kind == TokenKind::Name("fragment") {
                let (name, fragment) = self.fragment()?;
                match fragments.entry(name.node) {
                    Entry::Vacant(entry) => drop(entry.insert(fragment)),
                    Entry::Occupied(entry) => {
                        return Err(syntax_error(
                            &format!("The document has two fragments `{}`.", entry.key()),
                            name.pos,
                        ));
                    }
                }
            } else {
                operations.push(self.operation(described)?);
            }
        }
        let operations = document_operations(operations, self.token.position)?;
        Ok(ExecutableDocument { operations, fragments })
    }

    fn operation(&mut self, described: bool) -> ServerResult<NamedOperation> {
        let position = self.token.position;
        let ty = match self.token.kind {
            TokenKind::Punctuator("{") if !described => {
                let selection_set = self.selection_set()?;
                let definition = OperationDefinition {
                    ty: OperationType::Query,
                    variable_definitions: Vec::new(),
                    directives: Vec::new(),
                    selection_set,
                };
                return Ok((None, Positioned::new(definition, position)));
            }
            TokenKind::Name("query") => OperationType::Query,
            TokenKind::Name("mutation") => OperationType::Mutation,
            TokenKind::Name("subscription") => OperationType::Subscription,
            _ => return Err(self.expected("`{`, `query`, `mutation`, `subscription` or `fragment`")),
        };
        self.advance()?;
        let name = if let TokenKind::Name(_) = self.token.kind { Some(self.name()?) } else { None };
        let variable_definitions = self.optional_list("(", ")", Self::variable_definition)?;
        let directives = self.directives(Self::value)?;
        let selection_set = self.selection_set()?;
        let definition = OperationDefinition { ty, variable_definitions, directives, selection_set };
        Ok((name, Positioned::new(definition, position)))
    }

    fn variable_definition(&mut self) -> ServerResult<Positioned<VariableDefinition>> {
        self.skip_description()?;
        let position = self.token.position;
        self.punctuator("$")?;
        let name = self.name()?;
        self.punctuator(":")?;
        let type_position = self.token.position;
        let var_type = Positioned::new(self.variable_type()?, type_position);
        let default_value = if self.skip("=")? {
            let position = self.token.position;
            Some(Positioned::new(self.constant()?, position))
        } else {
            None
        };
        let directives = self.directives(Self::constant_as_value)?;
        Ok(Positioned::new(VariableDefinition { name, var_type, directives, default_value }, position))
    }

    fn variable_type(&mut self) -> ServerResult<Type> {
        let base = if self.skip("[")? {
            let element = self.variable_type()?;
            self.punctuator("]")?;
            BaseType::List(Box::new(element))
        } else {
            BaseType::Named(self.name()?.node)
        };
        Ok(Type { base, nullable: !self.skip("!")? })
    }

    fn fragment(&mut self) -> ServerResult<(Positioned<Name>, Positioned<FragmentDefinition>)> {
        let position = self.token.position;
        self.advance()?;
        if self.token.kind == TokenKind::Name("on") {
            return Err(self.expected("the name of a fragment, which is not `on`"));
        }
        let name = self.name()?;
        if self.token.kind != TokenKind::Name("on") {
            return Err(self.expected("`on`"));
        }
        let type_condition = self.type_condition()?;
        let directives = self.directives(Self::value)?;
        let selection_set = self.selection_set()?;
        Ok((name, Positioned::new(FragmentDefinition { type_condition, directives, selection_set }, position)))
    }

    fn type_condition(&mut self) -> ServerResult<Positioned<TypeCondition>> {
        let position = self.token.position;
        self.advance()?;
        Ok(Positioned::new(TypeCondition { on: self.name()? }, position))
    }

    fn selection_set(&mut self) -> ServerResult<Positioned<SelectionSet>> {
        let position = self.token.position;
        let items = self.list("{", "}", Self::selection)?;
        Ok(Positioned::new(SelectionSet { items }, position))
    }

    fn selection(&mut self) -> ServerResult<Positioned<Selection>> {
        let position = self.token.position;
        let selection = match self.token.kind {
            TokenKind::Punctuator("...") => {
                self.advance()?;
                self.fragment_selection(position)?
            }
            TokenKind::Name(_) => Selection::Field(Positioned::new(self.field()?, position)),
            _ => return Err(self.expected("a field, `...` or `}`")),
        };
        Ok(Positioned::new(selection, position))
    }

    /// Parses a fragment spread or an inline fragment, after its `...`.
    fn fragment_selection(&mut self, position: Pos) -> ServerResult<Selection> {
        if let TokenKind::Name(name) = self.token.kind
            && name != "on"
        {
            let spread = FragmentSpread { fragment_name: self.name()?, directives: self.directives(Self::value)? };
            return Ok(Selection::FragmentSpread(Positioned::new(spread, position)));
        }
        let has_condition = self.token.kind == TokenKind::Name("on");
        let type_condition = if has_condition { Some(self.type_condition()?) } else { None };
        let directives = self.directives(Self::value)?;
        let selection_set = self.selection_set()?;
        let inline = InlineFragment { type_condition, directives, selection_set };
        Ok(Selection::InlineFragment(Positioned::new(inline, position)))
    }

    fn field(&mut self) -> ServerResult<Field> {
        let mut name = self.name()?;
        let alias = if self.skip(":")? { Some(std::mem::replace(&mut name, self.name()?)) } else { None };
        let arguments = self.optional_list("(", ")", |parser| parser.argument(Self::value))?;
        let directives = self.directives(Self::value)?;
        let has_selections = self.token.kind == TokenKind::Punctuator("{");
        let selection_set = if has_selections { self.selection_set()? } else { Positioned::default() };
        Ok(Field { alias, name, arguments, directives, selection_set })
    }

    fn directives(
        &mut self,
        value: impl Fn(&mut Self) -> ServerResult<Value> + Copy,
    ) -> ServerResult<Vec<Positioned<Directive>>> {
        let mut directives = Vec::new();
        loop {
            let position = self.token.position;
            if !self.skip("@")? {
                return Ok(directives);
            }
            let name = self.name()?;
            let arguments = self.optional_list("(", ")", |parser| parser.argument(value))?;
            directives.push(Positioned::new(Directive { name, arguments }, position));
        }
    }

    fn argument(
        &mut self,
        value: impl Fn(&mut Self) -> ServerResult<Value>,
    ) -> ServerResult<(Positioned<Name>, Positioned<Value>)> {
        let name = self.name()?;
        self.punctuator(":")?;
        let position = self.token.position;
        Ok((name, Positioned::new(value(self)?, position)))
    }

    fn value(&mut self) -> ServerResult<Value> {
        match self.token.kind {
            TokenKind::Punctuator("$") => {
                self.advance()?;
                Ok(Value::Variable(self.name()?.node))
            }
            TokenKind::Punctuator("[") => Ok(Value::List(self.items(Self::value)?)),
            TokenKind::Punctuator("{") => Ok(Value::Object(self.object(Self::value)?)),
            _ => Ok(self.scalar()?.into()),
        }
    }

    fn constant(&mut self) -> ServerResult<ConstValue> {
        match self.token.kind {
            TokenKind::Punctuator("$") => Err(self.expected("a value without variables")),
            TokenKind::Punctuator("[") => Ok(ConstValue::List(self.items(Self::constant)?)),
            TokenKind::Punctuator("{") => Ok(ConstValue::Object(self.object(Self::constant)?)),
            _ => self.scalar(),
        }
    }

    fn constant_as_value(&mut self) -> ServerResult<Value> {
        self.constant().map(Value::from)
    }

    fn scalar(&mut self) -> ServerResult<ConstValue> {
        let value = match self.token.kind {
            TokenKind::Name("true") => ConstValue::Boolean(true),
            TokenKind::Name("false") => ConstValue::Boolean(false),
            TokenKind::Name("null") => ConstValue::Null,
            TokenKind::Name(name) => ConstValue::Enum(Name::new(name)),
            TokenKind::Int(text) => ConstValue::Number(self.integer(text)?),
            TokenKind::Float(text) => ConstValue::Number(self.float(text)?),
            TokenKind::String(raw) => ConstValue::String(self.string(raw)?),
            TokenKind::BlockString(raw) => ConstValue::String(block_string_value(raw)),
            _ => return Err(self.expected("a value")),
        };
        self.advance()?;
        Ok(value)
    }

    fn integer(&self, text: &str) -> ServerResult<Number> {
        // Negative zero is the integer 0.
        text.parse::<i64>().map_or_else(|_| self.float(text), |number| Ok(number.into()))
    }

    fn float(&self, text: &str) -> ServerResult<Number> {
        text.parse().map_err(|_| syntax_error("The number is too large.", self.token.position))
    }

    fn string(&self, raw: &str) -> ServerResult<String> {
        string_value(raw).map_err(|(characters, reason)| {
            let Pos { line, column } = self.token.position;
            syntax_error(&format!("{reason}."), Pos { line, column: column + 1 + characters })
        })
    }

    /// Parses the elements of a list value, which may be empty.
    fn items<T>(&mut self, element: impl Fn(&mut Self) -> ServerResult<T>) -> ServerResult<Vec<T>> {
        self.advance()?;
        let mut items = Vec::new();
        while !self.skip("]")? {
            items.push(element(self)?);
        }
        Ok(items)
    }

    /// Parses the fields of an input object, which may have none.
    fn object<T>(&mut self, value: impl Fn(&mut Self) -> ServerResult<T>) -> ServerResult<IndexMap<Name, T>> {
        self.advance()?;
        let mut fields = IndexMap::new();
        while !self.skip("}")? {
            let name = self.name()?;
            self.punctuator(":")?;
            let value = value(self)?;
            if fields.contains_key(&name.node) {
                return Err(repeated_key(&name));
            }
            fields.insert(name.node, value);
        }
        Ok(fields)
    }

    /// Parses a list between brackets, which has at least one element; none without the opening bracket.
    fn optional_list<T>(
        &mut self,
        open: &str,
        close: &str,
        element: impl Fn(&mut Self) -> ServerResult<T>,
    ) -> ServerResult<Vec<T>> {
        let absent = self.token.kind != TokenKind::Punctuator(open);
        if absent { Ok(Vec::new()) } else { self.list(open, close, element) }
    }

    /// Parses a list between brackets, which has at least one element.
    fn list<T>(
        &mut self,
        open: &str,
        close: &str,
        element: impl Fn(&mut Self) -> ServerResult<T>,
    ) -> ServerResult<Vec<T>> {
        self.punctuator(open)?;
        let mut elements = vec![element(self)?];
        while !self.skip(close)? {
            elements.push(element(self)?);
        }
        Ok(elements)
    }

    fn name(&mut self) -> ServerResult<Positioned<Name>> {
        let TokenKind::Name(name) = self.token.kind else { return Err(self.expected("a name")) };
        let name = Positioned::new(Name::new(name), self.token.position);
        self.advance()?;
        Ok(name)
    }

    fn punctuator(&mut self, text: &str) -> ServerResult<()> {
        if self.skip(text)? { Ok(()) } else { Err(self.expected(&format!("`{text}`"))) }
    }

    /// Skips a punctuator if it is the next token. Returns whether it was.
    fn skip(&mut self, text: &str) -> ServerResult<bool> {
        let found = self.token.kind == TokenKind::Punctuator(text);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Skips the description of a definition, if it has one. Returns whether it has.
    fn skip_description(&mut self) -> ServerResult<bool> {
        match self.token.kind {
            TokenKind::String(raw) => drop(self.string(raw)?),
            TokenKind::BlockString(_) => {}
            _ => return Ok(false),
        }
        self.advance()?;
        Ok(true)
    }

    fn advance(&mut self) -> ServerResult<()> {
        self.token = self.lexer.token()?;
        Ok(())
    }

    fn expected(&self, expected: &str) -> ServerError {
        let found = match self.token.kind {
            TokenKind::Punctuator(text) | TokenKind::Name(text) | TokenKind::Int(text) | TokenKind::Float(text) => {
                format!("`{}`", text.chars().take(100).collect::<String>())
            }
            TokenKind::String(_) | TokenKind::BlockString(_) => "a string".to_owned(),
            TokenKind::End => "the end of the document".to_owned(),
        };
        syntax_error(&format!("Syntax error: expected {expected}, found {found}."), self.token.position)
    }
}

fn repeated_key(name: &Positioned<Name>) -> ServerError {
    let message = format!("The input object has the field `{}` twice; give it once.", name.node);
    with_code(ServerError::new(message, Some(name.pos)), VALIDATION_FAILED)
}

/// Returns the operations of a document that ends at `end`.
///
/// # Errors
/// There is none, two have the same name, or one of several has none.
fn document_operations(operations: Vec<NamedOperation>, end: Pos) -> ServerResult<DocumentOperations> {
    let several = operations.len() > 1;
    let mut named = HashMap::new();
    for (name, operation) in operations {
        let position = operation.pos;
        match name {
            None if several => {
                let message = "The document has several operations; expected a name for each of them.";
                return Err(syntax_error(message, position));
            }
            None => return Ok(DocumentOperations::Single(operation)),
            Some(name) => match named.entry(name.node) {
                Entry::Vacant(entry) => drop(entry.insert(operation)),
                Entry::Occupied(entry) => {
                    return Err(syntax_error(&format!("The document has two operations `{}`.", entry.key()), name.pos));
                }
            },
        }
    }
    if named.is_empty() {
        return Err(syntax_error("Syntax error: expected an operation, found the end of the document.", end));
    }
    Ok(DocumentOperations::Multiple(named))
}
