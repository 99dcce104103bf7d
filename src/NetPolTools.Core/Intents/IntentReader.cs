using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Intents;

/// <summary>Reads intents from tokens. Whatever is wrong is reported with its place.</summary>
internal sealed class IntentReader
{
    private const string Expected = "a map with namespace, ends, intents or defaults";

    private static readonly ImmutableArray<string> Keys = ["namespace", "ends", "intents", "defaults"];
    private static readonly ImmutableArray<string> IntentKeys = ["name", "from", "to", "ports", "expect"];
    private static readonly ImmutableArray<string> Directions = ["ingress", "egress"];
    private static readonly ImmutableArray<string> Expectations = ["allowed", "denied", "only"];

    private readonly FieldReader _fields;
    private readonly FieldPath _path;
    private readonly StringComparer _names;
    private readonly IntentMaker _maker;
    private readonly IntentDefaults _defaults = new();
    private List<string> _namespaces = [];

    private IntentReader(ManifestTokenReader tokens, Action<Diagnostic> report, StringComparer names)
    {
        _path = new FieldPath();
        _names = names;
        _fields = new FieldReader(tokens, _path, report, new SharedValues());
        _maker = new IntentMaker(report);
    }

    /// <param name="tokens">Before its first token.</param>
    /// <param name="report">Told what is wrong.</param>
    /// <param name="names">How keys are compared: PowerShell's hashtables know no case.</param>
    /// <param name="name">What the input is called; null for none.</param>
    /// <returns>Null where anything is wrong.</returns>
    public static IntentSet? Read(ManifestTokenReader tokens, Action<Diagnostic> report, StringComparer names, string? name = null)
    {
        try
        {
            if (!tokens.Read() || tokens.Kind == ManifestTokenKind.EndOfInput || !tokens.Read())
            {
                report(new Diagnostic(DiagnosticId.WrongType, DiagnosticSeverity.Error, $"Found nothing, expected {Expected}.")
                {
                    Location = new SourceLocation(name, 1, 1),
                });
                return null;
            }

            var reader = new IntentReader(tokens, report, names);
            reader.ReadRoot();
            var set = reader.Made();
            if (tokens.Read() && tokens.Kind != ManifestTokenKind.EndOfInput && tokens.Read() && tokens.Kind != ManifestTokenKind.EndOfInput)
                reader._fields.Report(DiagnosticId.InvalidValue, "Found a second document, expected one: nothing of it would be asked.");
            return reader._fields.ErrorCount + reader._maker.ErrorCount == 0 ? set : null;
        }
        catch (ManifestSyntaxException e)
        {
            report(new Diagnostic(DiagnosticId.SyntaxError, DiagnosticSeverity.Error, e.Message) { Location = e.Location });
            return null;
        }
    }

    private IntentPlace KeyPlace => new(_fields.Tokens.NotedPlace, _path.ToString());

    private IntentPlace Place => new(_fields.Location, _path.ToString());

    private IntentSet Made() => new() { Namespaces = _namespaces, Intents = [.. _maker.Make(), .. _defaults.Make()] };

    private void ReadRoot()
    {
        var wasWrong = _fields.Kind == ManifestTokenKind.Null;
        if (wasWrong)
            _fields.Report(DiagnosticId.WrongType, $"Found nothing, expected {Expected}.");
        if (wasWrong || !_fields.EnterObject(Expected))
            return;
        while (_fields.NextField(out var name))
            ReadField(Known(Keys, name), name);
    }

    private void ReadField(string? known, string name)
    {
        switch (known)
        {
            case "namespace":
                _namespaces = Texts("a namespace, or a list of them") ?? [];
                break;
            case "ends":
                ReadEnds();
                break;
            case "intents":
                ReadIntents();
                break;
            case "defaults":
                ReadDefaults();
                break;
            default:
                Unknown("field", name, Keys);
                break;
        }
    }

    private void ReadEnds()
    {
        if (!_fields.EnterObject("a map of names, each with an end or a list of ends"))
            return;
        while (_fields.NextField(out var name))
        {
            var place = KeyPlace;
            if (Texts("an end such as shop/web, or a list of them") is { } texts)
                _maker.AddEnds(name, texts, place);
        }
    }

    private void ReadIntents()
    {
        if (_fields.Kind == ManifestTokenKind.ObjectStart)
        {
            ReadIntent(mayBeOne: false);
            return;
        }

        if (!_fields.EnterArray("a list of intents, or a map of them such as web -> db: TCP 5432"))
            return;
        while (_fields.NextItem())
        {
            if (_fields.Kind == ManifestTokenKind.String)
                _maker.AddLine(_fields.String()!, [], Place);
            else if (_fields.Kind == ManifestTokenKind.Null)
                _fields.Report(DiagnosticId.WrongType, "Found nothing, expected an intent such as web -> db: TCP 5432.");
            else
                ReadIntent(mayBeOne: true);
        }
    }

    /// <param name="mayBeOne">Whether it may be one intent with its fields.</param>
    private void ReadIntent(bool mayBeOne)
    {
        var place = Place;
        if (!_fields.EnterObject("an intent such as web -> db: TCP 5432, or a map with from and to"))
            return;
        var written = new WrittenIntent(place);
        while (_fields.NextField(out var name))
        {
            if (IntentMaker.IsArrow(name))
            {
                var key = KeyPlace;
                var list = _fields.Kind == ManifestTokenKind.ArrayStart;
                if (Texts("ports such as TCP 5432, perhaps with the word only, or nothing", orNumbers: true, orNothing: true) is { } texts)
                    _maker.AddLine(name, texts, key, isList: list);
            }
            else if (mayBeOne)
            {
                written = ReadPart(written, Known(IntentKeys, name), name);
            }
            else
            {
                _fields.Unknown($"Found '{Excerpt.Of(name)}', expected an intent such as web -> db.");
            }
        }

        if (written.IsGiven)
            _maker.Add(written);
    }

    private WrittenIntent ReadPart(WrittenIntent written, string? known, string name)
    {
        switch (known)
        {
            case "name":
                return written with { Name = _fields.String(), IsGiven = true };
            case "from":
                return written with { FromPlace = Place, From = Texts("an end such as shop/web, or a list of them"), IsGiven = true };
            case "to":
                return written with { ToPlace = Place, To = Texts("an end such as shop/web, or a list of them"), IsGiven = true };
            case "ports":
                return written with { PortsPlace = Place, Ports = Texts("a port such as TCP 5432, or a list of them", orNumbers: true), IsGiven = true };
            case "expect":
                return written with { Expect = Word(Expectations), IsGiven = true };
            default:
                Unknown("field of an intent", name, IntentKeys);
                return written with { IsGiven = true };
        }
    }

    private void ReadDefaults()
    {
        if (!_fields.EnterObject("a map of namespaces, each with ingress or egress"))
            return;
        while (_fields.NextField(out var ns))
        {
            var place = KeyPlace;
            if (!_fields.EnterObject("a map with ingress or egress, each allow or deny"))
                continue;
            var (ingress, egress) = (false, false);
            while (_fields.NextField(out var direction))
            {
                switch (Known(Directions, direction))
                {
                    case "ingress":
                        ingress = Word(["allow", "deny"]) == "deny";
                        break;
                    case "egress":
                        egress = Word(["allow", "deny"]) == "deny";
                        break;
                    default:
                        Unknown("direction", direction, Directions);
                        break;
                }
            }

            _defaults.Add(ns, ingress, egress, place.Location);
        }
    }

    private string? Known(ImmutableArray<string> keys, string name) => keys.FirstOrDefault(known => _names.Equals(known, name));

    private void Unknown(string what, string name, ImmutableArray<string> keys) => _fields.Unknown(
        $"There is no {what} '{Excerpt.Of(name)}'.{NearestNames.Question(NearestNames.Of(name, keys))} Expected {string.Join(", ", keys)}.");

    private string? Word(ImmutableArray<string> words)
    {
        var expected = $"{string.Join(", ", words[..^1])} or {words[^1]}";
        if (_fields.Kind != ManifestTokenKind.String)
        {
            if (_fields.Kind == ManifestTokenKind.Null)
                _fields.Report(DiagnosticId.WrongType, $"Found nothing, expected {expected}.");
            else
                _fields.Wrong(expected);
            return null;
        }

        var text = _fields.String()!;
        if (words.Contains(text))
            return text;
        _fields.Report(DiagnosticId.InvalidValue, $"Found '{Excerpt.Of(text)}', expected {expected}.{NearestNames.Question(NearestNames.Of(text, words))}");
        return null;
    }

    /// <summary>A text, or a list of texts; null where it is wrong.</summary>
    private List<string>? Texts(string expected, bool orNumbers = false, bool orNothing = false)
    {
        var errors = _fields.ErrorCount;
        var texts = new List<string>();
        if (_fields.Kind == ManifestTokenKind.ArrayStart)
        {
            _fields.EnterArray(expected);
            while (_fields.NextItem())
                AddText(texts, expected, orNumbers);
        }
        else if (!(orNothing && _fields.Kind == ManifestTokenKind.Null))
        {
            AddText(texts, expected, orNumbers);
        }

        return _fields.ErrorCount == errors ? texts : null;
    }

    private void AddText(List<string> texts, string expected, bool orNumbers)
    {
        if (_fields.Kind == ManifestTokenKind.String || (orNumbers && _fields.Kind == ManifestTokenKind.Number))
            texts.Add(_fields.Tokens.Text);
        else if (_fields.Kind == ManifestTokenKind.Null)
            _fields.Report(DiagnosticId.WrongType, $"Found nothing, expected {expected}.");
        else
            _fields.Wrong(expected);
    }
}
