using System.Text;

namespace NetPolTools.Tests.Reading.Mutation;

/// <summary>Random YAML in the ways people and programs write it, and in some that hardly anybody does.</summary>
internal sealed class YamlTexts(Random random)
{
    private const int Deepest = 5;

    private static readonly string[] Words =
    [
        "a", "web", "app.kubernetes.io/name", "TCP", "80", "0", "-1", "007", "0x1F", "1_000", "1.5", "1e3", "-.5", ".inf",
        "10.0.0.0/8", "10.0.0.1", "true", "no",
        "Off", "n", "null", "~", "NULL", "12345678901234567890", "2024-01-01", "12:30", "nginx:1.2", "http://x/y?z=1", "a b  c",
        "it's", "é€😀", "-x", "--flag", "$(A)",
        "+5", "<none>", "a#b", "*.x", "0 * * * *", "=", "a,b", "x{y}", "[", "!t", "&n", "*n", "%a", "@a", "a: b", "a #c", "- a",
        "?", "\ufeffa", "a\u0085b", "y", "on",
    ];

    private static readonly string[] Quoted =
    [
        "''", "\"\"", "'a'", "\"a\"", "'it''s'", "\"a\\nb\"", "\"\\x41\\u00e9\\U0001F600\"", "\"\\ud83d\\ude00\"", "\"\\q\"",
        "\"a\\\"b\"", "'a: b #c'", "\"{{ .x }}\"", "\"a\tb\"",
        "'80'", "\"<<\"", "'é€'", "\"\\/\\ \\\\\"", "'",
    ];

    private static readonly string[] Keys =
    [
        "a", "b", "name", "app.kubernetes.io/name", "a-b", "80", "1.5", "yes", "null", "<<", "\"q\"", "'q r'", "a b",
        "a:b", "$x", "é", "\"a\\n\"", "? a", "&x a", "*x", "''",
    ];

    private readonly StringBuilder _text = new();
    private string _break = "\n";

    public string Next()
    {
        _text.Clear();
        _break = random.Next(10) == 0 ? "\r\n" : "\n";
        if (random.Next(20) == 0)
            _text.Append('\ufeff');
        for (var documents = random.Next(1, 4); documents > 0; documents--)
        {
            if (random.Next(3) > 0)
                Line(random.Next(8) switch { 0 => "--- # c", 1 => "---  ", 2 => "...", _ => "---" });
            if (random.Next(30) == 0)
                Line("--- a");
            if (random.Next(12) > 0)
                Block(random.Next(15) == 0 ? 2 : 0, 0);
        }

        if (random.Next(6) == 0)
            _text.Append(random.Next(2) == 0 ? "  " : "# end");
        else if (random.Next(6) == 0 && _text.Length > 1)
            _text.Length--;
        return _text.ToString();
    }

    private static string Of(Random random, string[] all) => all[random.Next(all.Length)];

    private void Block(int column, int depth)
    {
        var kind = random.Next(12);
        if (kind < 7)
            Map(column, depth, isBegun: false);
        else if (kind < 11)
            List(column, depth, isBegun: false);
        else
            Line(new string(' ', column) + Flow(0, column));
    }

    private void Map(int column, int depth, bool isBegun)
    {
        for (var entries = random.Next(1, 5); entries > 0; entries--)
        {
            Between();
            _text.Append(' ', isBegun ? 0 : column).Append(random.Next(25) == 0 ? Of(random, Keys) : "k" + random.Next(9)).Append(':');
            isBegun = false;
            Value(column, depth, isKey: true);
        }
    }

    private void List(int column, int depth, bool isBegun)
    {
        for (var items = random.Next(1, 5); items > 0; items--)
        {
            Between();
            _text.Append(' ', isBegun ? 0 : column).Append('-');
            isBegun = false;
            var inner = random.Next(6);
            var blanks = random.Next(8) == 0 ? 3 : 1;
            if (inner < 2 && depth < Deepest)
            {
                _text.Append(' ', blanks);
                Map(column + 1 + blanks, depth + 1, isBegun: true);
            }
            else if (inner == 2 && depth < Deepest)
            {
                _text.Append(' ', blanks);
                List(column + 1 + blanks, depth + 1, isBegun: true);
            }
            else
            {
                Value(column, depth, isKey: false);
            }
        }
    }

    private void Value(int column, int depth, bool isKey)
    {
        var kind = depth < Deepest ? random.Next(16) : random.Next(4, 16);
        if (kind < 4)
        {
            Line(random.Next(8) == 0 ? " # c" : "");
            var isLevel = isKey && random.Next(2) == 0;
            if (isLevel)
                List(column, depth + 1, isBegun: false);
            else
                Block(column + random.Next(1, 4), depth + 1);
            return;
        }

        _text.Append(' ', random.Next(12) == 0 ? 3 : 1);
        switch (kind)
        {
            case 4:
                Line("");
                break;
            case 5:
                BlockText(column);
                break;
            case 6 or 7:
                Line(Flow(0, column) + Comment());
                break;
            case 8:
                Long(column);
                break;
            case 9 or 10:
                Line(Of(random, Quoted) + Comment());
                break;
            default:
                Line((random.Next(3) == 0 ? Of(random, Words) : "v" + random.Next(99)) + Comment());
                break;
        }
    }

    private void BlockText(int column)
    {
        Line((random.Next(4) == 0 ? ">" : "|") + random.Next(8) switch { 0 or 1 => "-", 2 => "+", 3 => "2", 4 => "-  ", 5 => " # c", _ => "" });
        var inner = column + random.Next(1, 5);
        for (var lines = random.Next(0, 5); lines > 0; lines--)
        {
            Line(random.Next(9) switch
            {
                0 => "",
                1 => new string(' ', inner + 2),
                2 => new string(' ', inner) + "  more",
                3 => new string(' ', random.Next(inner + 1)),
                4 => new string(' ', inner) + "# no comment",
                5 => new string(' ', inner) + "a\tb: {{ x }}",
                _ => new string(' ', inner) + Of(random, Words) + random.Next(9),
            });
        }
    }

    private void Long(int column)
    {
        var quote = random.Next(3) switch { 0 => "'", 1 => "\"", _ => "" };
        _text.Append(quote).Append("first");
        for (var lines = random.Next(1, 4); lines > 0; lines--)
        {
            Line(random.Next(8) switch { 0 => "  ", 1 when quote == "\"" => "\\", 2 => "\t", _ => "" });
            if (random.Next(4) == 0)
                Line("");
            if (random.Next(12) == 0)
                Line("  # c");
            _text.Append(' ', column + random.Next(0, 5)).Append(random.Next(4) == 0 ? Of(random, Words) : "more text");
        }

        Line(quote);
    }

    private string Flow(int depth, int column)
    {
        var isMap = random.Next(2) == 0;
        var items = new List<string>();
        for (var count = random.Next(0, 4); count > 0; count--)
        {
            var item = depth < 3 && random.Next(4) == 0 ? Flow(depth + 1, column)
                : random.Next(4) == 0 ? Of(random, Quoted)
                : random.Next(8) == 0 ? Of(random, Words) : "v" + random.Next(9);
            items.Add(!isMap ? item : random.Next(5) switch
            {
                0 => $"\"k\":{item}",
                1 => $"'k' : {item}",
                2 when random.Next(6) == 0 => item,
                3 when random.Next(6) == 0 => $"{Of(random, Keys)}: {item}",
                _ => $"k{random.Next(9)}: {item}",
            });
        }

        var separator = random.Next(5) switch { 0 => ",", 1 => "," + _break + new string(' ', column + random.Next(0, 4)), 2 => " , ", _ => ", " };
        var all = string.Join(separator, items) + (random.Next(25) == 0 ? "," : "");
        return isMap ? "{" + all + "}" : "[" + all + "]";
    }

    private string Comment() => random.Next(10) switch { 0 => " # c", 1 when random.Next(4) == 0 => "#c", 2 => "  ", _ => "" };

    private void Between()
    {
        if (random.Next(15) == 0)
            Line(random.Next(3) switch { 0 => "", 1 => "   ", _ => new string(' ', random.Next(5)) + "# c: 'd" });
    }

    private void Line(string text) => _text.Append(text).Append(_break);
}
