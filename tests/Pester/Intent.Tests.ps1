BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $threeTier = Join-Path $manifests 'three-tier'
    $good = Join-Path $manifests 'intents/three-tier.yaml'
    $bad = Join-Path $manifests 'intents/broken.yaml'
}

Describe 'Test-NetPolIntent' {
    It 'gives a result for each intent from <From>' -ForEach @(
        @{ From = 'a path'; Call = { Test-NetPolIntent $threeTier $good } }
        @{ From = 'files of a pipeline'; Call = { Get-ChildItem $threeTier | Test-NetPolIntent -Intent $good } }
        @{ From = 'a snapshot'; Call = { Get-NetPolSnapshot $threeTier | Test-NetPolIntent -Intent $good } }
    ) {
        $results = & $Call
        $results | Should -HaveCount 6
        $results.Status | Should -Be (@('Passed') * 6)
    }

    It 'is one line in a test' {
        Test-NetPolIntent $threeTier $good -Quiet | Should -BeTrue
        Test-NetPolIntent $threeTier $good -FailedOnly | Should -BeNullOrEmpty
        Test-NetPolIntent $threeTier $bad -Quiet | Should -BeFalse
    }

    It 'says what fails, by which rule, and where both stand' {
        $failed = Test-NetPolIntent $threeTier $bad -FailedOnly
        "$failed" | Should -Be 'failed: web -> db: TCP 3306'
        $failed.Passed | Should -BeFalse
        $failed.Deviations | Should -Be 'shop/web may not reach shop/db on TCP 3306.'
        $failed.RuleLocation | Should -BeLike '*policies.yaml:48:7'
        $failed.Line | Should -Be 5
        $failed.Reasons | Should -BeLike '*tier=backend*'
    }

    It 'takes a hashtable' {
        (Test-NetPolIntent $threeTier @{ Intents = @{ 'shop/api -> shop/db' = 'TCP 3306 only' } }).Status | Should -Be 'Passed'
        (Test-NetPolIntent $threeTier @{ intents = @(@{ from = 'shop/web'; to = 'shop/db'; expect = 'denied' }) }).Passed | Should -BeTrue
    }

    It 'ends with an error where the intents are wrong' {
        { Test-NetPolIntent $threeTier @{ intent = @() } } | Should -Throw -ErrorId 'UnknownField,*'
        { Test-NetPolIntent $threeTier 5 } | Should -Throw -ErrorId 'InvalidValue,*'
        { Test-NetPolIntent $threeTier nowhere.yaml } | Should -Throw -ErrorId 'UnreadableFile,*'
    }

    It 'is undetermined where an end names nothing, and with -Quiet that is no answer' {
        $intents = @{ intents = @{ 'shop/nobody -> shop/db' = $null } }
        $result = Test-NetPolIntent $threeTier $intents -ErrorAction SilentlyContinue -ErrorVariable told
        $result.Status | Should -Be 'Undetermined'
        $told[0].FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
        { Test-NetPolIntent $threeTier $intents -Quiet } | Should -Throw -ErrorId 'NoMatch,*'
    }

    It 'tells what came of them before a change' {
        $result = Test-NetPolIntent $threeTier $bad -Before (Join-Path $manifests 'three-tier/application.yaml') | Where-Object Status -EQ Failed
        $result.Before | Should -Be 'Passed'
    }

    It 'writes a file that holds, and keeps one that holds something else' {
        $file = Join-Path $TestDrive 'a b.yaml'
        Test-NetPolIntent $threeTier $file -Initialize -WhatIf
        $file | Should -Not -Exist
        (Test-NetPolIntent $threeTier $file -Initialize).FullName | Should -Be (Get-Item $file).FullName
        Test-NetPolIntent $threeTier $file -Quiet | Should -BeTrue
        Add-Content $file '# Mine.'
        Test-NetPolIntent $threeTier $file -Initialize -ErrorAction SilentlyContinue -ErrorVariable told | Should -BeNullOrEmpty
        $told[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Get-Content $file -Tail 1 | Should -Be '# Mine.'
    }

    It 'holds what was seen against the file, and writes it as one' {
        $flows = Join-Path $PSScriptRoot '../flows/hubble.jsonl'
        $results = Test-NetPolIntent $threeTier $good -Flow $flows -WarningAction SilentlyContinue
        $results.Status | Should -Be (@('Passed') * 6)
        $results.Seen | Should -Be 1, 1, 1, 2, 0, 0
        $wrong = @{ intents = @{ 'shop/web -> shop/db' = 'nothing'; 'shop/web -> shop/api' = 'nothing' } }
        $failed = Test-NetPolIntent $threeTier $wrong -Flow (Get-Content $flows) -FailedOnly -WarningAction SilentlyContinue
        $failed.Intent | Should -Be 'shop/web -> shop/api: nothing'
        $failed.Deviations | Should -Contain 'shop/web was seen to reach shop/api on TCP 5000.'
        $file = Join-Path $TestDrive 'seen.yaml'
        $null = Test-NetPolIntent $threeTier $file -Initialize -Flow $flows -WarningAction SilentlyContinue
        Get-Content $file | Should -Contain '- shop/web -> shop/api: TCP 5000'
        { Test-NetPolIntent $threeTier $file -Initialize -Quiet } | Should -Throw '*-Initialize checks nothing*'
    }

    It 'goes into reports' {
        ([xml](Test-NetPolIntent $threeTier $bad | Export-NetPolReport -Format JUnit)).testsuites.failures | Should -Be 1
        Test-NetPolIntent $threeTier $bad | Export-NetPolReport -Format Tap | Should -BeLike 'TAP version 13*not ok 2*'
    }
}
