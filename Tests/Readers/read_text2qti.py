"""Reads a quiz with text2qti itself and prints its questions as JSON, one object for each.

    python3 read_text2qti.py QUIZ.txt
"""
import json
import sys

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

config = Config()
config["latex_render_url"] = "https://example.invalid/equation_images"
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
quiz = Quiz(text, config=config, source_name=sys.argv[1])
QTI(quiz)
questions = []
for question in quiz.questions_and_delims:
    questions.append({
        "type": question.type,
        "title": question.title_raw,
        "points": question.points_possible,
        "text": question.question_html_xml,
        "feedback": question.feedback_html_xml or "",
        "low": question.numerical_min_html_xml,
        "high": question.numerical_max_html_xml,
        "choices": [[choice.choice_html_xml, choice.correct] for choice in question.choices],
    })
json.dump({"title": quiz.title_raw, "shuffle": quiz.shuffle_answers_raw, "questions": questions}, sys.stdout)
