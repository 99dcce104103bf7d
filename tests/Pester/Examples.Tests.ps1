BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Examples.ps1')
    $examples = foreach ($page in Get-HelpPage) {
        foreach ($match in $exampleForm.Matches((Get-Content $page -Raw))) {
            @{ Page = $page.BaseName; Title = $match.Groups['title'].Value; Code = $match.Groups['code'].Value;
                Output = $match.Groups['output'].Value.Trim("`n") }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    . (Join-Path $PSScriptRoot 'Examples.ps1')
    # One for all of them: no example changes what its kubectl says.
    $session = Enter-ExampleSession
}

AfterAll {
    Exit-ExampleSession $session
}

Describe 'The help of <Page>' -ForEach $examples {
    It 'shows in <Title> what the code prints' {
        if ($IsWindows -and $Code -match 'Context') { Set-ItResult -Skipped -Because 'the kubectl of these tests is a shell script' }
        Get-ExampleOutput $Code | Should -Be $Output -Because 'readers see it; tests/Pester/Update-Examples.ps1 writes what is printed now'
    }
}

Describe 'The help' {
    It 'has examples in every page of a cmdlet' {
        foreach ($command in Get-Command -Module NetPolTools -CommandType Cmdlet) {
            $text = Get-Content (Join-Path $PSScriptRoot "../../en-US/$($command.Name).md") -Raw
            # Every heading of an example is followed by code as the tests above take it.
            $exampleForm.Matches($text).Count |
                Should -Be ([regex]::Matches($text, '(?m)^### Example').Count) -Because "$command is read by those who try things out"
        }
    }
}
