namespace NetPolTools.Tests.Reading.Mutation;

/// <summary>Random damage to characters and lines of a text.</summary>
internal static class TextDamage
{
    private const string Alphabet = "{}[]:,-#&*!|>'\"%@`~ \t\n\r\\/.0123456789abcxyzAZé€😀\u0085\u2028\0";

    public static string To(string text, Random random) => random.Next(2) == 0 ? ToCharacters(text, random) : ToLines(text, random);

    private static string ToCharacters(string text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(4), text.Length - at);
        var instead = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
        return text.Remove(at, length).Insert(at, instead) is { Length: > 0 } damaged ? damaged : " ";
    }

    private static string ToLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), lines[at]);
                break;
            case 2:
                lines[at] = new string(' ', random.Next(5)) + lines[at].TrimStart();
                break;
            default:
                var other = random.Next(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
        }

        return string.Join('\n', lines) is { Length: > 0 } damaged ? damaged : " ";
    }
}
